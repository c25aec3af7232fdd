steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
input y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
param b : m x 1
param c : k x 1
start h[0] : m x 1 = 0
a[t] = b + W @ h[t-1] + U @ x[t]
h[t] = tanh(a[t])
o[t] = c + V @ h[t]
L[t] = cross_entropy(o[t], y[t])
loss sum(t, L[t])
