title "RNN with a skip of three steps"
steps T = 5
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
param U : n x m
param W, S : m x m
param b : 1 x m
param V : m x k
param d : 1 x k
start h[0] : 1 x m = 0
start h[-1] : 1 x m = 0
start h[-2] : 1 x m = 0
a[t] = x[t] @ U + h[t-1] @ W + b
h[t] = tanh(a[t] + h[t-3] @ S)
z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])
