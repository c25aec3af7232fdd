# The weights of candidate and reset gate: the error of the other gate, and the state without its reset.
#! "bad Ug" : let d23[t] = d3[t] * (1 - z[t]) + d13[t] * r[t] + d18[t] @ Wr' + d11[t] @ Wz'
#! "bad Ug" : claim grad(Ug) = sum(t, x[t]' @ d10[t])
#! "bad Wg" : let d23[t] = d3[t] * (1 - z[t]) + d13[t] * r[t] + d18[t] @ Wr' + d11[t] @ Wz'
#! "bad Wg" : claim grad(Wg) = sum(t, (h[t-1] * r[t])' @ d10[t])
#! "bad Wr" : let d23[t] = d3[t] * (1 - z[t]) + d13[t] * r[t] + d18[t] @ Wr' + d11[t] @ Wz'
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k
param Wr, Wz, Wg : m x m
param Ur, Uz, Ug : n x m
param V : m x k
start h[0] : 1 x m ~ normal(0, 1)
r[t] = sigmoid(h[t-1] @ Wr + x[t] @ Ur)
z[t] = sigmoid(h[t-1] @ Wz + x[t] @ Uz)
g[t] = tanh((h[t-1] * r[t]) @ Wg + x[t] @ Ug)
h[t] = h[t-1] * (1 - z[t]) + z[t] * g[t]
loss sum(t, sum((h[t] @ V - y[t])^2))
let d1[t] = 2 * (h[t] @ V - y[t]) @ V'
let d3[t] = d1[t] + d23[t+1]
let d10[t] = d3[t] * z[t] * (1 - g[t]^2)
let d11[t] = d3[t] * (g[t] - h[t-1]) * z[t] * (1 - z[t])
let d13[t] = d10[t] @ Wg'
let d18[t] = d13[t] * h[t-1] * r[t] * (1 - r[t])
let d23[t] = d3[t] * (1 - z[t]) + d13[t] + d18[t] @ Wr' + d11[t] @ Wz'
claim "bad Ug": grad(Ug) = sum(t, x[t]' @ d18[t])
claim "bad Wg": grad(Wg) = sum(t, h[t-1]' @ d10[t])
claim "bad Wr": grad(Wr) = sum(t, h[t-1]' @ d18[t])
