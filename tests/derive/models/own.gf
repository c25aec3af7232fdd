# A param of its own at each step: read at its step and at the next, in a list, before the first step, once at the end.
title "Params of each step"
steps T = 4
size n = 2, m = 3
seed 5

input x[t] : 1 x n
given y[t] : 1 x m
given mask[t] : 1 x m
param U[t] : n x m
param W[t] : m x m
param r[t] : 1 x 1 = {0.5, -0.25, 1, 2, 0.75}
param b : 1 x m
start h[0] : 1 x m ~ uniform(-1, 1)
start U[0] : n x m = 0.25
start W[0] = W[1] / 2
start mask[0] = tanh(b)

h[t] = tanh(x[t] @ U[t] + h[t-1] @ W[t] + b + mask[t-1] + (h[t-1] * mask[t]) @ W[t-1] + r[t] * (x[t] @ U[t-1]))
loss sum(t, mse(h[t], y[t])) + sum(U[T]^2) + sum(j, 1..T, r[j]^2)
