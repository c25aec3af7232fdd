# What the loss does not depend on has zeros for a gradient: an input, one with time, a param, a start.
steps T = 4
size n = 3, m = 2
input x[t] : n x 1
input u[t] : n x 1
input s : m x 1
param W : m x n
param A : m x m
param B : m x n
start h[0] : m x 1
start g[0] : n x 1 = 0
h[t] = tanh(W @ x[t] + A @ h[t-1])
g[t] = tanh(g[t-1] + u[t])
loss sum(h[T])
