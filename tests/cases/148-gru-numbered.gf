# The R package "rnn" has a vignette that numbers the errors of a GRU from delta 1 to delta 24. A reader who checks it numerically finds
# that nothing of it agrees but the first lines: the update gate's error, the reset gate's error, and the weight updates of the reset gate
# and the candidate, which are exchanged.
#! "bad state" : let d9[t] = d7[t] - d5[t]
#! "bad state" : let d18[t] = d16[t] * r[t] * (1 - r[t])
#! "bad Wz" : let d9[t] = d7[t] - d5[t]
#! "bad Wz" : let d18[t] = d16[t] * r[t] * (1 - r[t])
#! "bad Wr" : let d9[t] = d7[t] - d5[t]
#! "bad Wr" : let d18[t] = d16[t] * r[t] * (1 - r[t])
#! "bad Wr" : claim grad(Wr) = sum(t, h[t-1]' @ d18[t])
#! "bad Wg" : let d9[t] = d7[t] - d5[t]
#! "bad Wg" : let d18[t] = d16[t] * r[t] * (1 - r[t])
#! "bad Wg" : claim grad(Wg) = sum(t, (h[t-1] * r[t])' @ d10[t])
steps T = 4
size  n = 3, m = 4, B = 2
seed  5
input x[t] : B x n
given y[t] : B x m
param Wr, Wz, Wg : m x m
param Ur, Uz, Ug : n x m
start h[0] : B x m ~ normal(0, 1)

r[t] = sigmoid(h[t-1] @ Wr + x[t] @ Ur)
z[t] = sigmoid(h[t-1] @ Wz + x[t] @ Uz)
g[t] = tanh((h[t-1] * r[t]) @ Wg + x[t] @ Ug)
h[t] = h[t-1] * (1 - z[t]) + z[t] * g[t]
loss sum(t, sum((h[t] - y[t])^2)) / 2

let d1[t]  = h[t] - y[t]
let d3[t]  = d1[t] + d23[t+1]
let d4[t]  = (1 - z[t]) * d3[t]
let d5[t]  = d3[t] * h[t-1]
let d7[t]  = d3[t] * g[t]
let d8[t]  = d3[t] * z[t]
let d9[t]  = d7[t] + d8[t]
let d10[t] = d8[t] * (1 - g[t]^2)
let d11[t] = d9[t] * z[t] * (1 - z[t])
let d13[t] = d10[t] @ Wg'
let d14[t] = d11[t] @ Wz'
let d16[t] = d13[t] * h[t-1]
let d17[t] = d13[t] * r[t]
let d18[t] = d17[t] * r[t] * (1 - r[t])
let d19[t] = d17[t] + d4[t]
let d20[t] = d18[t] @ Wr'
let d22[t] = d20[t] + d14[t]
let d23[t] = d19[t] + d22[t]
claim "ok last step": grad(h[T]) = d1[T]
claim "bad state": grad(h[t]) = d3[t]
claim "bad Wz": grad(Wz) = sum(t, h[t-1]' @ d11[t])
claim "bad Wr": grad(Wr) = sum(t, h[t-1]' @ d10[t])
claim "bad Wg": grad(Wg) = sum(t, (h[t-1] * r[t])' @ d18[t])
