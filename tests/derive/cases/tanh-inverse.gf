steps T = 5
size n = 3, m = 4, B = 6
input x[t] : B x n
input y[t] : B x m
param U : n x m
param W : m x m
param b : 1 x m
start h[0] : B x m = 0
a[t] = x[t] @ U + h[t-1] @ W + b
h[t] = tanh(a[t])
loss sum(t, sum((h[t] - y[t])^2)) / B
