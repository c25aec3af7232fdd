steps T = 5
size n = 3, m = 4
input x[t] : n x 1
param U : m x n
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
loss sum(h[T]^2)
