# A minimal gated unit: its gate stands in two places, one of which is forgotten; the state through the gated product lacks the gate.
#! "bad 1 Uf" : let df[t] = (dh[t] * (c[t] - h[t-1]) + (Uh' @ dc[t]) * h[t-1]) * f[t] * (1 - f[t])
#! "bad 1 Uf" : let dp[t] = dh[t] * (1 - f[t]) + Uf' @ df[t] + (Uh' @ dc[t]) * f[t]
#! "bad 2 Uh" : let df[t] = (dh[t] * (c[t] - h[t-1]) + (Uh' @ dc[t]) * h[t-1]) * f[t] * (1 - f[t])
#! "bad 2 Uh" : let dp[t] = dh[t] * (1 - f[t]) + Uf' @ df[t] + (Uh' @ dc[t]) * f[t]
#! "bad 3 h" : let df[t] = (dh[t] * (c[t] - h[t-1]) + (Uh' @ dc[t]) * h[t-1]) * f[t] * (1 - f[t])
#! "bad 3 h" : let dp[t] = dh[t] * (1 - f[t]) + Uf' @ df[t] + (Uh' @ dc[t]) * f[t]
steps T = 4
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param Wf, Wh : m x n
param Uf, Uh : m x m
start h[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(Wf @ x[t] + Uf @ h[t-1])
c[t] = tanh(Wh @ x[t] + Uh @ (f[t] * h[t-1]))
h[t] = (1 - f[t]) * h[t-1] + f[t] * c[t]
loss sum(t, sum((h[t] - y[t])^2))
let dc[t] = dh[t] * f[t] * (1 - c[t]^2)
let df[t] = dh[t] * (c[t] - h[t-1]) * f[t] * (1 - f[t])
let dp[t] = dh[t] * (1 - f[t]) + Uf' @ df[t] + Uh' @ dc[t]
let dh[t] = 2 * (h[t] - y[t]) + dp[t+1]
claim "bad 1 Uf": grad(Uf) = sum(t, df[t] @ h[t-1]')
claim "bad 2 Uh": grad(Uh) = sum(t, dc[t] @ (f[t] * h[t-1])')
claim "bad 3 h": grad(h[t]) = dh[t]
