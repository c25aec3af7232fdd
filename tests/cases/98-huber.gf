# Huber's loss. Its gradient is the error clipped; the plain error, its sign, and the loss of the wrong step.
#! "bad 1 plain" : let e1[t] = clip(o[t] - y[t], -1, 1)
#! "bad 2 sign only" : claim grad(o[t]) = clip(o[t] - y[t], -1, 1)
#! "bad 3 step" : let d3[t] = (V' @ clip(o[t] - y[t], -1, 1) + W' @ d3[t+1]) * (1 - h[t]^2)
steps T = 5
size n = 3, m = 4, k = 2
seed 229
input x[t] : n x 1
given y[t] : k x 1 ~ normal(0, 2)
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
o[t] = V @ h[t]
e[t] = o[t] - y[t]
loss sum(t, sum(where((abs(e[t]) < 1), e[t]^2 / 2, abs(e[t]) - 0.5)))
claim "ok e": grad(e[t]) = clip(e[t], -1, 1)
let e1[t] = o[t] - y[t]
claim "bad 1 plain": grad(V) = sum(t, e1[t] @ h[t]')
claim "bad 2 sign only": grad(o[t]) = abs'(o[t] - y[t])
let d3[t] = (V' @ clip(o[t+1] - y[t+1], -1, 1) + W' @ d3[t+1]) * (1 - h[t]^2)
claim "bad 3 step": grad(U) = sum(t, d3[t] @ x[t]')
