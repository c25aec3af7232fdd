steps T = 4
size n = 3, m = 4, q = 2
input x[t] : n x 1
input y[t] : q x 1
param Whx : m x n
param Whh : m x m
param Wqh : q x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = Whx @ x[t] + Whh @ h[t-1]
o[t] = Wqh @ h[t]
loss sum(t, mse(o[t], y[t])) / T
