# Batch statistics over the rows of a batch.
#! "bad 1" : claim grad(gamma) = sum(t, colsum(dout[t] * xh[t])) 
#! "bad 2" : claim grad(beta) = sum(t, colsum(dout[t]))
#! "bad 4" : claim grad(inv[t]) = colsum(grad(xh[t]) * xc[t])
#! "bad 5" : claim grad(var[t]) = -0.5 * grad(inv[t]) * inv[t]^3
#! "bad 6" : claim grad(xc[t]) = grad(xh[t]) * inv[t] + 2 * xc[t] * grad(var[t]) / B
#! "bad 6" hint : var
#! "bad 7" : claim grad(a[t]) = grad(xc[t]) - colsum(grad(xc[t])) / B
steps T = 3
size n = 3, m = 4, B = 6
seed 14
input x[t] : B x n
given y[t] : B x m
param W : n x m
param R : m x m
param gamma, beta : 1 x m
start h[0] : B x m ~ normal(0, 1)
a[t] = x[t] @ W + h[t-1] @ R
mu[t] = colsum(a[t]) / B
xc[t] = a[t] - mu[t]
var[t] = colsum(xc[t]^2) / B
inv[t] = 1 / sqrt(var[t] + 0.01)
xh[t] = xc[t] * inv[t]
h[t] = tanh(gamma * xh[t] + beta)
loss sum(t, mse(h[t], y[t]))
let dout[t] = grad(h[t]) * (1 - h[t]^2)
claim "bad 1": grad(gamma) = sum(t, colsum(dout[t])) 
claim "bad 2": grad(beta) = sum(t, sum(dout[t]))
claim "ok 3": grad(xh[t]) = gamma * dout[t]
claim "bad 4": grad(inv[t]) = colsum(grad(xh[t]) * xh[t])
claim "bad 5": grad(var[t]) = -0.5 * grad(inv[t]) * inv[t]^2
claim "bad 6": grad(xc[t]) = grad(xh[t]) * inv[t]
claim "bad 7": grad(a[t]) = grad(xc[t]) - colsum(grad(xc[t]))
