# Batch first. dprev_h goes through Wx, the bias is summed along the wrong axis, what comes from the next step is not added.
#! "bad x" : let dh[t] = dout[t] + dtanh[t+1] @ Wh'
#! "bad Wx" : let dh[t] = dout[t] + dtanh[t+1] @ Wh'
#! "bad Wh" : let dh[t] = dout[t] + dtanh[t+1] @ Wh'
#! "bad b" : let dh[t] = dout[t] + dtanh[t+1] @ Wh'
#! "bad b" : claim grad(b) = sum(t, colsum(dtanh[t]))
#! "bad h0" : let dh[t] = dout[t] + dtanh[t+1] @ Wh'
#! "bad Wo" : claim grad(Wo) = sum(t, h[t]' @ (2 * (h[t] @ Wo - y[t]))) / N
steps T = 4
size N = 3, D = 5, H = 4, K = 2
input x[t] : N x D
given y[t] : N x K
param Wx : D x H
param Wh : H x H
param b : 1 x H
param Wo : H x K
start h[0] : N x H ~ normal(0, 0.5)
h[t] = tanh(x[t] @ Wx + h[t-1] @ Wh + b)
loss sum(t, sum((h[t] @ Wo - y[t])^2)) / N
let dout[t] = 2 * (h[t] @ Wo - y[t]) @ Wo' / N
let dh[t] = dout[t] + dtanh[t+1] @ Wh
let dtanh[t] = dh[t] * (1 - h[t]^2)
claim "bad x": grad(x[t]) = dtanh[t] @ Wx'
claim "bad Wx": grad(Wx) = sum(t, x[t]' @ dtanh[t])
claim "bad Wh": grad(Wh) = sum(t, h[t-1]' @ dtanh[t])
claim "bad b": grad(b) = sum(t, rowsum(dtanh[t])')
claim "bad h0": grad(h[0]) = dtanh[1] @ Wh'
claim "bad Wo": grad(Wo) = sum(t, h[t]' @ (h[t] @ Wo - y[t])) / N
