# Everything that comes back from the next step has a line of its own, and is forgotten where it belongs.
#! "bad state" : let dh[t] = V' @ e[t] + back[t]
#! "bad W" : let dh[t] = V' @ e[t] + back[t]
#! "bad U" : let dh[t] = V' @ e[t] + back[t]
steps T = 5
size n = 2, m = 4, k = 3
seed 12
input x[t] : n x 1
given y[t] : k x 1
param U, R : m x n
param W, S : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(R @ x[t] + S @ h[t-1])
g[t] = tanh(U @ x[t] + W @ h[t-1])
h[t] = f[t] * h[t-1] + (1 - f[t]) * g[t]
e[t] = V @ h[t] - y[t]
loss sum(t, sum(e[t]^2)) / 2
let back[t] = f[t+1] * dh[t+1] + W' @ qg[t+1] + S' @ qf[t+1]
let dh[t] = V' @ e[t]
let qg[t] = dh[t] * (1 - f[t]) * (1 - g[t]^2)
let qf[t] = dh[t] * (h[t-1] - g[t]) * f[t] * (1 - f[t])
claim "bad state": grad(h[t]) = dh[t]
claim "bad W": grad(W) = sum(t, qg[t] @ h[t-1]')
claim "bad U": grad(U) = sum(t, qg[t] @ x[t]')
claim "ok V": grad(V) = sum(t, e[t] @ h[t]')
