steps T = 4
size n = 3, m = 3, k = 2
input x[t] : n x 1
input y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
L[t] = mse(V @ h[t], y[t])
loss sum(t, L[t])
