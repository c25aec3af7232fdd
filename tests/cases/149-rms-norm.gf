# RMS norm in a residual stream, a minibatch as rows. One bug report: the gain stands twice in the second term of the input's gradient.
# Another: the gain's gradient was computed after the buffer of the incoming gradient had been overwritten, so it is made of the outgoing
# one.
#! "bad stream" : let dn[t] = (gam * dy[t] - n[t] * rowsum(gam * dy[t] * n[t]) / m) / q[t]
#! "bad W" : let dn[t] = (gam * dy[t] - n[t] * rowsum(gam * dy[t] * n[t]) / m) / q[t]
#! "bad gain" : let dn[t] = (gam * dy[t] - n[t] * rowsum(gam * dy[t] * n[t]) / m) / q[t]
#! "bad gain" : claim grad(gam) = sum(t, colsum(dy[t] * n[t]))
steps T = 4
size  i = 3, m = 5, B = 2
seed  3
input x[t] : B x i
given y[t] : B x m
param U : i x m
param W : m x m
param gam : 1 x m ~ normal(1, 0.5)
start r[0] : B x m ~ normal(0, 1)
start f[0] : B x m = 0
r[t] = r[t-1] + x[t] @ U + f[t-1] @ W
q[t] = sqrt(rowsum(r[t]^2) / m + 0.000001)
n[t] = r[t] / q[t]
yh[t] = gam * n[t]
f[t] = tanh(yh[t])
loss sum(t, sum((f[t] - y[t])^2)) / B
let df[t] = 2 * (f[t] - y[t]) / B + dr[t+1] @ W'
let dy[t] = df[t] * (1 - f[t]^2)
let dn[t] = (gam * dy[t] - gam * n[t] * rowsum(gam * dy[t] * n[t]) / m) / q[t]
let dr[t] = dr[t+1] + dn[t]
claim "ok before tanh": grad(yh[t]) = grad(f[t]) * (1 - f[t]^2)
claim "bad stream": grad(r[t]) = dr[t]
claim "bad W": grad(W) = sum(t, f[t-1]' @ dr[t])
claim "bad gain": grad(gam) = sum(t, colsum(dn[t] * n[t]))
