# A fork of the hundred lines: dhnext is made of dh and not of dhraw, and the hidden bias takes dh as well.
#! "bad Wxh" : let dhnext[t] = Whh' @ dhraw[t+1]
#! "bad Whh" : let dhnext[t] = Whh' @ dhraw[t+1]
#! "bad bh" : let dhnext[t] = Whh' @ dhraw[t+1]
#! "bad bh" : claim grad(bh) = sum(t, dhraw[t])
steps T = 6
size V = 5, H = 4
input x[t] : V x 1 ~ onehot
given y[t] : V x 1 ~ onehot
param Wxh : H x V
param Whh : H x H
param Why : V x H
param bh : H x 1
param by : V x 1
start hs[0] : H x 1 ~ normal(0, 0.3)
hs[t] = tanh(Wxh @ x[t] + Whh @ hs[t-1] + bh)
ys[t] = Why @ hs[t] + by
loss sum(t, cross_entropy(ys[t], y[t]))
let dy[t] = softmax(ys[t]) - y[t]
let dh[t] = Why' @ dy[t] + dhnext[t]
let dhraw[t] = (1 - hs[t] * hs[t]) * dh[t]
let dhnext[t] = Whh' @ dh[t+1]
claim "ok Why": grad(Why) = sum(t, dy[t] @ hs[t]')
claim "bad Wxh": grad(Wxh) = sum(t, dhraw[t] @ x[t]')
claim "bad Whh": grad(Whh) = sum(t, dhraw[t] @ hs[t-1]')
claim "bad bh": grad(bh) = sum(t, dh[t])
claim "ok by": grad(by) = sum(t, dy[t])
