steps T = 3
size n = 3, m = 5
input x[t] : n x 1
param U : m x n
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1] / sqrt(m))
loss 0.37 * sum(t, sum(h[t]^2)) + exp(1) * 0
