steps T = 5
size n = 3, m = 4
input x[t] : n x 1
input y[t] : m x 1
param U : m x n
param W : m x m
param b : m x 1
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1] + b)
loss sum(t, sum((h[t] - y[t])^2)) / 2 + 0.01 * sum(W^2)
