# A claim of the first step alone, and one of the bias, hold if the lets stood for something else than the other lines say.
#! "bad by" : claim grad(by) = sum(t, dy[t])
#! "bad Whh" : let dh[t] = Why' @ dy[t] + Whh' @ dhraw[t+1]
#! "bad Whh" : let dhraw[t] = (1 - hs[t] * hs[t]) * dh[t]
#! "bad Whh" : claim grad(Whh) = sum(t, dhraw[t] @ hs[t-1]')
#! "bad Wxh" : let dh[t] = Why' @ dy[t] + Whh' @ dhraw[t+1]
#! "bad Wxh" : let dhraw[t] = (1 - hs[t] * hs[t]) * dh[t]
#! "bad bh" : let dh[t] = Why' @ dy[t] + Whh' @ dhraw[t+1]
#! "bad bh" : let dhraw[t] = (1 - hs[t] * hs[t]) * dh[t]
#! "bad bh" : claim grad(bh) = sum(t, dhraw[t])
#! "bad chunk before" : let dh[t] = Why' @ dy[t] + Whh' @ dhraw[t+1]
#! "bad chunk before" : let dhraw[t] = (1 - hs[t] * hs[t]) * dh[t]
#! "bad chunk before" : claim grad(hs[0]) = Whh' @ dhraw[1]
title "character RNN, one chunk"
steps T = 5
size  N = 4, H = 5
input x[t] : N x 1 ~ onehot
given y[t] : N x 1 ~ onehot
param Wxh : H x N
param Whh : H x H
param Why : N x H
param bh : H x 1
param by : N x 1
start hs[0] : H x 1 ~ normal(0, 0.5)
hs[t] = tanh(Wxh @ x[t] + Whh @ hs[t-1] + bh)
ys[t] = Why @ hs[t] + by
loss sum(t, cross_entropy(ys[t], y[t]))
let ps[t] = softmax(ys[t])
let dy[t] = ps[t] - y[t]
let dh[t] = Why' @ dy[t] + Whh @ dhraw[t+1]
let dhraw[t] = hs[t] * (1 - hs[t]) * dh[t]
claim "ok Why": grad(Why) = sum(t, dy[t] @ hs[t]')
claim "bad by": grad(by) = sum(t, ps[t])
claim "bad Whh": grad(Whh) = sum(t, dhraw[t] @ hs[t]')
claim "bad Wxh": grad(Wxh) = sum(t, dhraw[t] @ x[t]')
claim "bad bh": grad(bh) = sum(t, dh[t])
claim "bad chunk before": grad(hs[0]) = dhraw[1]
