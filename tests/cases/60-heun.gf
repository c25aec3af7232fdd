# Heun's steps: the second stage's path through the first forgotten, the step's half.
#! "bad 1 b" : let a2[t] = 0.1 * gh[t] * (1 - k2[t]^2)
#! "bad 1 b" : let a1[t] = (0.1 * gh[t] + 0.2 * W' @ a2[t]) * (1 - k1[t]^2)
#! "bad 2 W" : let a2[t] = 0.1 * gh[t] * (1 - k2[t]^2)
#! "bad 2 W" : let a1[t] = (0.1 * gh[t] + 0.2 * W' @ a2[t]) * (1 - k1[t]^2)
steps T = 4
size m = 4
given y[t] : m x 1
param W : m x m
param b : m x 1
start h[0] : m x 1 ~ normal(0, 1)
k1[t] = tanh(W @ h[t-1] + b)
k2[t] = tanh(W @ (h[t-1] + 0.2 * k1[t]) + b)
h[t] = h[t-1] + 0.1 * (k1[t] + k2[t])
loss sum(t, sum((h[t] - y[t])^2))
let gh[t] = 2 * (h[t] - y[t]) + gh[t+1] + W' @ a1[t+1] + W' @ a2[t+1]
let a2[t] = 0.2 * gh[t] * (1 - k2[t]^2)
let a1[t] = 0.1 * gh[t] * (1 - k1[t]^2)
claim "bad 1 b": grad(b) = sum(t, a1[t] + a2[t])
claim "bad 2 W": grad(W) = sum(t, a1[t] @ h[t-1]' + a2[t] @ (h[t-1] + 0.2 * k1[t])')
