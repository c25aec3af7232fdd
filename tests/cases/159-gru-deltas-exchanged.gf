# A package's vignette on the GRU counts its errors: delta 1 to delta 24. d6 = 1 - d5 (it means -d5: the derivative of (1 - z) * h with respect to z), and
# d13's way to the reset gate: at its end the weight updates of Wr and Wg have their errors exchanged. Row vectors.
#! "bad Wr" : let d6[t] = -d5[t]
#! "bad Wr" : claim grad(Wr) = sum(t, h[t-1]' @ d18[t])
#! "bad Ur" : let d6[t] = -d5[t]
#! "bad Ur" : claim grad(Ur) = sum(t, x[t]' @ d18[t])
#! "bad Wz" : let d6[t] = -d5[t]
#! "bad Wg" : let d6[t] = -d5[t]
#! "bad Wg" : claim grad(Wg) = sum(t, (h[t-1] * r[t])' @ d10[t])
steps T = 5
size  n = 3, m = 4, k = 2
seed  9
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
loss sum(t, sum((h[t] @ V - y[t])^2)) / 2

let d1[t] = (h[t] @ V - y[t]) @ V'
let d3[t] = d1[t] + d23[t+1]
let d4[t] = (1 - z[t]) * d3[t]
let d5[t] = d3[t] * h[t-1]
let d6[t] = 1 - d5[t]
let d7[t] = d3[t] * g[t]
let d8[t] = d3[t] * z[t]
let d9[t] = d7[t] + d6[t]
let d10[t] = d8[t] * (1 - g[t]^2)
let d11[t] = d9[t] * z[t] * (1 - z[t])
let d13[t] = d10[t] @ Wg'
let d16[t] = d13[t] * h[t-1]
let d17[t] = d13[t] * r[t]
let d18[t] = d16[t] * r[t] * (1 - r[t])
let d22[t] = d18[t] @ Wr' + d11[t] @ Wz'
let d23[t] = d17[t] + d4[t] + d22[t]
claim "bad Wr": grad(Wr) = sum(t, h[t-1]' @ d10[t])
claim "bad Ur": grad(Ur) = sum(t, x[t]' @ d10[t])
claim "bad Wz": grad(Wz) = sum(t, h[t-1]' @ d11[t])
claim "bad Wg": grad(Wg) = sum(t, (h[t-1] * r[t])' @ d18[t])
claim "ok V": grad(V) = sum(t, h[t]' @ (h[t] @ V - y[t]))
