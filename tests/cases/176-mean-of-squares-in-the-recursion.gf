# The error has a line with its factor, which the bias takes; the recursion has the difference again, without.
#! "bad W" : let d[t] = (V' @ e[t] + W' @ d[t+1]) * (1 - h[t]^2)
#! "bad W" or : let d[t] = (2 / (k * T) * V' @ (o[t] - y[t]) + W' @ d[t+1]) * (1 - h[t]^2)
#! "bad U" : let d[t] = (V' @ e[t] + W' @ d[t+1]) * (1 - h[t]^2)
#! "bad U" or : let d[t] = (2 / (k * T) * V' @ (o[t] - y[t]) + W' @ d[t+1]) * (1 - h[t]^2)
steps T = 5
size  n = 3, m = 4, k = 6
seed  176
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
param c : k x 1
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
o[t] = V @ h[t] + c
loss sum(t, mse(o[t], y[t])) / T

let e[t] = 2 / (k * T) * (o[t] - y[t])
let d[t] = (V' @ (o[t] - y[t]) + W' @ d[t+1]) * (1 - h[t]^2)
claim "ok V": grad(V) = sum(t, e[t] @ h[t]')
claim "ok c": grad(c) = sum(t, e[t])
claim "bad W": grad(W) = sum(t, d[t] @ h[t-1]')
claim "bad U": grad(U) = sum(t, d[t] @ x[t]')
