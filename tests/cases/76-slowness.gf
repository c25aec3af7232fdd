# A penalty on |h[t] - h[t-1]|^2: only the later of its two uses; the recursion without U's transpose.
#! "bad U" : let dh[t] = 2 * (h[t] - y[t]) + 0.6 * v[t] - 0.6 * v[t+1] + U' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad W" : let dh[t] = 2 * (h[t] - y[t]) + 0.6 * v[t] - 0.6 * v[t+1] + U' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad W" : claim grad(W) = sum(t, (dh[t] * (1 - h[t]^2)) @ x[t]')
steps T = 5
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param W : m x n
param U : m x m
start h[0] : m x 1
h[t] = tanh(W @ x[t] + U @ h[t-1])
v[t] = h[t] - h[t-1]
loss sum(t, sum((h[t] - y[t])^2)) + 0.3 * sum(t, sum(v[t]^2))
let dh[t] = 2 * (h[t] - y[t]) + 0.6 * v[t] + U' @ (dh[t+1] * (1 - h[t+1]^2))
claim "bad U": grad(U) = sum(t, (dh[t] * (1 - h[t]^2)) @ h[t-1]')
claim "bad W": grad(W) = sum(t, dh[t] * (1 - h[t]^2)) @ sum(t, x[t]')
