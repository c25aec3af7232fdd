steps T = 4
size n = 3, m = 4
input x[t] : n x 1
input y[t] : m x 1
param U : m x n
param W, Q : m x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = tanh(a[t])
b[t] = Q @ h[t]
p[t] = sigmoid(b[t])
loss sum(t, mse(p[t], y[t]))
