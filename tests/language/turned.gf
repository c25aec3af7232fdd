steps T = 3
size  n = 3, m = 4
input x[t] : n x 1
param U : m x n
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
L[t] = mean(h[t])
loss sum(t, L[t])
claim grad(L[T], W) = 0
