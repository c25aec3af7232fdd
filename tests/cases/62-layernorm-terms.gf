# Layer normalisation of a column: the mean's path forgotten; then the variance's; then the eps left inside differently; a factor n.
#! "bad no mean" : claim grad(a[t]) = (dxh[t] - mean(dxh[t]) - xh[t] * mean(dxh[t] * xh[t])) / s[t]
#! "bad no variance" : claim grad(a[t]) = (dxh[t] - mean(dxh[t]) - xh[t] * mean(dxh[t] * xh[t])) / s[t]
#! "bad sum for mean" : claim grad(a[t]) = (dxh[t] - mean(dxh[t]) - xh[t] * mean(dxh[t] * xh[t])) / s[t]
#! "bad gamma" : claim grad(gamma) = sum(t, do[t] * xh[t])
#! "bad beta" : claim grad(beta) = sum(t, do[t])
steps T = 3
size n = 3, m = 5
input x[t] : n x 1
given y[t] : m x 1
param W : m x n
param gamma : m x 1
param beta : m x 1
a[t] = W @ x[t]
mu[t] = sum(a[t]) / m
v[t] = sum((a[t] - mu[t])^2) / m
s[t] = sqrt(v[t] + 0.001)
xh[t] = (a[t] - mu[t]) / s[t]
o[t] = gamma * xh[t] + beta
loss sum(t, sum((tanh(o[t]) - y[t])^2))
let do[t] = 2 * (tanh(o[t]) - y[t]) * (1 - tanh(o[t])^2)
let dxh[t] = do[t] * gamma
claim "ok right": grad(a[t]) = (dxh[t] - mean(dxh[t]) - xh[t] * mean(dxh[t] * xh[t])) / s[t]
claim "bad no mean": grad(a[t]) = (dxh[t] - xh[t] * mean(dxh[t] * xh[t])) / s[t]
claim "bad no variance": grad(a[t]) = (dxh[t] - mean(dxh[t])) / s[t]
claim "bad sum for mean": grad(a[t]) = (dxh[t] - mean(dxh[t]) - xh[t] * sum(dxh[t] * xh[t])) / s[t]
claim "bad gamma": grad(gamma) = sum(t, do[t] * a[t])
claim "bad beta": grad(beta) = sum(t, dxh[t])
