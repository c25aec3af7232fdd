steps T = 7
size n = 5, m = 4, k = 3
input x[t] : n x 1
input y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t])) / T
