# LSTM with one weight, rows of a batch, gates cut out by columns; lets stacked again.
#! "bad 1" : let do[t] = dh[t] * tanh(c[t])
#! "bad 1" : let dh[t] = 2 * (h[t] - y[t]) / (B * m) + cols(dhx[t+1], n+1, n+m)
#! "bad 1" : let ds[t] = [di[t] * i[t] * (1 - i[t]), df[t] * f[t] * (1 - f[t]), dg[t] * (1 - g[t]^2), do[t] * o[t] * (1 - o[t])]
#! "bad 1" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad 2" : let do[t] = dh[t] * tanh(c[t])
#! "bad 2" : let dh[t] = 2 * (h[t] - y[t]) / (B * m) + cols(dhx[t+1], n+1, n+m)
#! "bad 2" : let ds[t] = [di[t] * i[t] * (1 - i[t]), df[t] * f[t] * (1 - f[t]), dg[t] * (1 - g[t]^2), do[t] * o[t] * (1 - o[t])]
#! "bad 2" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad 3" : let do[t] = dh[t] * tanh(c[t])
#! "bad 3" : let dh[t] = 2 * (h[t] - y[t]) / (B * m) + cols(dhx[t+1], n+1, n+m)
#! "bad 3" : let ds[t] = [di[t] * i[t] * (1 - i[t]), df[t] * f[t] * (1 - f[t]), dg[t] * (1 - g[t]^2), do[t] * o[t] * (1 - o[t])]
#! "bad 3" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
steps T = 3
size n = 2, m = 3, B = 2
seed 74
input x[t] : B x n
given y[t] : B x m
param W : n+m x 4*m
param b : 1 x 4*m
start h[0] : B x m ~ normal(0, 1)
start c[0] : B x m ~ normal(0, 1)
s[t] = [x[t], h[t-1]] @ W + b
i[t] = sigmoid(cols(s[t], 1, m))
f[t] = sigmoid(cols(s[t], m+1, 2*m))
g[t] = tanh(cols(s[t], 2*m+1, 3*m))
o[t] = sigmoid(cols(s[t], 3*m+1, 4*m))
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
loss sum(t, mse(h[t], y[t]))
let dhx[t] = ds[t] @ W'
let dh[t] = 2 * (h[t] - y[t]) / (B * m) + cols(dhx[t+1], 1, m)
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1] * (1 - f[t+1])
let di[t] = dc[t] * g[t]
let df[t] = dc[t] * c[t-1]
let dg[t] = dc[t] * i[t]
let do[t] = dh[t] * c[t]
let ds[t] = [di[t] * i[t] * (1 - i[t]), df[t] * f[t] * (1 - f[t]), dg[t] * g[t] * (1 - g[t]), do[t] * o[t] * (1 - o[t])]
claim "bad 1": grad(W) = sum(t, [x[t], h[t-1]]' @ ds[t])
claim "bad 2": grad(b) = sum(t, colsum(ds[t]))
claim "bad 3": grad(o[t]) = do[t]
