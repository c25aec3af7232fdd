# A whole LSTM pass with two or three slips at once, no claim on the lets themselves except at the ends.
#! "bad Wi" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad Wi" : let di[t] = dc[t] * g[t] * i[t] * (1 - i[t])
#! "bad Wi" : let do_[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad Wo" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad Wo" : let di[t] = dc[t] * g[t] * i[t] * (1 - i[t])
#! "bad Wo" : let do_[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad Wf" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad Wf" : let di[t] = dc[t] * g[t] * i[t] * (1 - i[t])
#! "bad Wf" : let do_[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad Wg" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad Wg" : let di[t] = dc[t] * g[t] * i[t] * (1 - i[t])
#! "bad Wg" : let do_[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad bg" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad bg" : let di[t] = dc[t] * g[t] * i[t] * (1 - i[t])
#! "bad bg" : let do_[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad bg" : claim grad(bg) = sum(t, dg[t])
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param Wf, Wi, Wg, Wo : m x m+n
param bf, bi, bg, bo : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
v[t]  = [h[t-1]; x[t]]
f[t]  = sigmoid(Wf @ v[t] + bf)
i[t]  = sigmoid(Wi @ v[t] + bi)
g[t]  = tanh(Wg @ v[t] + bg)
o[t]  = sigmoid(Wo @ v[t] + bo)
c[t]  = f[t] * c[t-1] + i[t] * g[t]
h[t]  = o[t] * tanh(c[t])
loss sum(t, cross_entropy(V @ h[t], y[t]))
let dv[t] = Wf' @ df[t] + Wi' @ di[t] + Wg' @ dg[t] + Wo' @ do_[t]
let dh[t] = V' @ (softmax(V @ h[t]) - y[t]) + rows(dv[t+1], 1, m)
let dc[t] = dh[t] * o[t] * (1 - c[t]^2) + dc[t+1] * f[t+1]
let df[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
let di[t] = dc[t] * g[t] * i[t] * (1 + i[t])
let dg[t] = dc[t] * i[t] * (1 - g[t]^2)
let do_[t] = dh[t] * c[t] * o[t] * (1 - o[t])
claim "bad Wi": grad(Wi) = sum(t, di[t] @ v[t]')
claim "bad Wo": grad(Wo) = sum(t, do_[t] @ v[t]')
claim "bad Wf": grad(Wf) = sum(t, df[t] @ v[t]')
claim "bad Wg": grad(Wg) = sum(t, dg[t] @ v[t]')
claim "bad bg": grad(bg) = dg[T]
