# Later losses count more: 0.9^(T-t). The weight is forgotten, is that of the other end, or comes at each step back once more.
#! "bad 1 forgotten" : let d1[t] = (0.9^(T-t) * V' @ ds[t] + W' @ d1[t+1]) * (1 - h[t]^2)
#! "bad 2 other end" : claim grad(V) = sum(t, 0.9^(T-t) * ds[t] @ h[t]')
#! "bad 3 each step" : let d3[t] = (0.9^(T-t) * V' @ ds[t] + W' @ d3[t+1]) * (1 - h[t]^2)
steps T = 5
size n = 2, m = 3, k = 4
seed 191
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
L[t] = sum((V @ h[t] - y[t])^2) / 2
loss sum(t, 0.9^(T-t) * L[t])
let ds[t] = V @ h[t] - y[t]
claim "ok V": grad(V) = sum(t, 0.9^(T-t) * ds[t] @ h[t]')
let d1[t] = (V' @ ds[t] + W' @ d1[t+1]) * (1 - h[t]^2)
claim "bad 1 forgotten": grad(W) = sum(t, d1[t] @ h[t-1]')
claim "bad 2 other end": grad(V) = sum(t, 0.9^t * ds[t] @ h[t]')
let d3[t] = (0.9^(T-t) * V' @ ds[t] + 0.9 * W' @ d3[t+1]) * (1 - h[t]^2)
claim "bad 3 each step": grad(U) = sum(t, d3[t] @ x[t]')
