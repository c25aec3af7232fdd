# The same with the parts in another order than in the forward pass, and the forget gate's factor c[t] for c[t-1].
#! "bad Wx" : let df[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad Wx" : let da[t] = [di[t], df[t], do[t], dg[t]]
#! "bad Wh" : let df[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad Wh" : let da[t] = [di[t], df[t], do[t], dg[t]]
steps T = 4
size N = 3, D = 5, H = 4, K = 2
input x[t] : N x D
given y[t] : N x K
param Wx : D x 4*H
param Wh : H x 4*H
param b : 1 x 4*H
param Wo : H x K
start h[0] : N x H
start c[0] : N x H ~ normal(0, 1)
a[t] = x[t] @ Wx + h[t-1] @ Wh + b
i[t] = sigmoid(cols(a[t], 1, H))
f[t] = sigmoid(cols(a[t], H+1, 2*H))
o[t] = sigmoid(cols(a[t], 2*H+1, 3*H))
g[t] = tanh(cols(a[t], 3*H+1, 4*H))
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
loss sum(t, mse(h[t] @ Wo, y[t]))
let dh[t] = 2 / (N * K) * (h[t] @ Wo - y[t]) @ Wo' + da[t+1] @ Wh'
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
let di[t] = dc[t] * g[t] * i[t] * (1 - i[t])
let df[t] = dc[t] * c[t] * f[t] * (1 - f[t])
let do[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
let dg[t] = dc[t] * i[t] * (1 - g[t]^2)
let da[t] = [di[t], df[t], dg[t], do[t]]
claim "bad Wx": grad(Wx) = sum(t, x[t]' @ da[t])
claim "bad Wh": grad(Wh) = sum(t, h[t-1]' @ da[t])
