# A recurrent net with layer normalisation, columns. Mean and deviation taken for constants, one of the two terms, the gain forgotten, the gain's own
# gradient without the normalised value, sums for means.
#! "bad 1 constants" : let da1[t] = (dx[t] - mean(dx[t]) - xh[t] * mean(dx[t] * xh[t])) / sd[t]
#! "bad 2 mean only" : claim grad(a[t]) = (dx[t] - mean(dx[t]) - xh[t] * mean(dx[t] * xh[t])) / sd[t]
#! "bad 3 gain" : claim grad(xh[t]) = gam * dy[t]
#! "bad 4 gain's own" : claim grad(gam) = sum(t, dy[t] * xh[t])
#! "bad 5 sums" : claim grad(a[t]) = (dx[t] - mean(dx[t]) - xh[t] * mean(dx[t] * xh[t])) / sd[t]
#! "bad 6 sign" : claim grad(a[t]) = (dx[t] - mean(dx[t]) - xh[t] * mean(dx[t] * xh[t])) / sd[t]
steps T = 3
size n = 3, m = 5
seed 61
input x[t] : n x 1
given y[t] : m x 1
param U : m x n
param W : m x m
param gam, bet : m x 1 ~ normal(1, 0.3)
start h[0] : m x 1 = 0
a[t] = U @ x[t] + W @ h[t-1]
mu[t] = mean(a[t])
va[t] = mean((a[t] - mu[t])^2)
sd[t] = sqrt(va[t])
xh[t] = (a[t] - mu[t]) / sd[t]
h[t] = tanh(gam * xh[t] + bet)
loss sum(t, sum((h[t] - y[t])^2)) / 2
let dy[t] = grad(h[t]) * (1 - h[t]^2)
let dx[t] = dy[t] * gam
claim "ok shift": grad(bet) = sum(t, dy[t])
claim "ok a": grad(a[t]) = (dx[t] - mean(dx[t]) - xh[t] * mean(dx[t] * xh[t])) / sd[t]
let da1[t] = dx[t] / sd[t]
claim "bad 1 constants": grad(W) = sum(t, da1[t] @ h[t-1]')
claim "bad 2 mean only": grad(a[t]) = (dx[t] - mean(dx[t])) / sd[t]
claim "bad 3 gain": grad(xh[t]) = dy[t]
claim "bad 4 gain's own": grad(gam) = sum(t, dy[t] * a[t])
claim "bad 5 sums": grad(a[t]) = (dx[t] - sum(dx[t]) - xh[t] * sum(dx[t] * xh[t])) / sd[t]
claim "bad 6 sign": grad(a[t]) = (dx[t] - mean(dx[t]) + xh[t] * mean(dx[t] * xh[t])) / sd[t]
