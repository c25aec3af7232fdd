# Every let is wrong, and every line that uses it: only how little is to be written tells what a let stands for.
#! "bad out" : let l2d[t] = l2[t] - y[t]
#! "bad hidden" : let l2d[t] = l2[t] - y[t]
#! "bad hidden" : let err[t] = l1d[t+1] @ synh' + l2d[t] @ syn1'
#! "bad hidden" : let l1d[t] = err[t] * l1[t] * (1 - l1[t])
#! "bad hidden" : claim grad(synh) = sum(t, l1[t-1]' @ l1d[t])
#! "bad in" : let l2d[t] = l2[t] - y[t]
#! "bad in" : let err[t] = l1d[t+1] @ synh' + l2d[t] @ syn1'
#! "bad in" : let l1d[t] = err[t] * l1[t] * (1 - l1[t])
#! "bad in" : claim grad(syn0) = sum(t, x[t]' @ l1d[t])
#! "bad layer one" : let l2d[t] = l2[t] - y[t]
#! "bad layer one" : let err[t] = l1d[t+1] @ synh' + l2d[t] @ syn1'
#! "bad layer one" : let l1d[t] = err[t] * l1[t] * (1 - l1[t])
steps T = 6
size  H = 4
input x[t] : 1 x 2 ~ bernoulli(0.5)
given y[t] : 1 x 1 ~ bernoulli(0.5)
param syn0 : 2 x H
param syn1 : H x 1
param synh : H x H
start l1[0] : 1 x H = 0
l1[t] = sigmoid(x[t] @ syn0 + l1[t-1] @ synh)
l2[t] = sigmoid(l1[t] @ syn1)
loss -sum(t, y[t] * log(l2[t]) + (1 - y[t]) * log(1 - l2[t]))
let l2d[t] = (l2[t] - y[t]) * l2[t] * (1 - l2[t])
let err[t] = l1d[t+1] @ synh + l2d[t] @ syn1'
let l1d[t] = err[t] * (1 - l1[t]^2)
claim "bad out": grad(syn1) = sum(t, l1[t]' @ l2d[t])
claim "bad hidden": grad(synh) = sum(t, l1[t]' @ l1d[t])
claim "bad in": grad(syn0) = sum(t, l1d[t]' @ x[t])
claim "bad layer one": grad(l1[t]) = err[t]
