# What is carried back to the step before, multiplied by the input's weights: it has another shape, and only its line is wrong.
#! * : let dhnext[t] = dhraw[t+1] @ Whh'
steps T = 5
size B = 3, n = 2, m = 4, k = 3
seed 78
input xs[t] : B x n
given ts[t] : B x k ~ onehot
param Wxh : n x m
param Whh : m x m
param Why : m x k
start hs[0] : B x m ~ normal(0, 1)
hs[t] = tanh(xs[t] @ Wxh + hs[t-1] @ Whh)
zs[t] = hs[t] @ Why
loss sum(t, cross_entropy(zs[t], ts[t]))
let dy[t] = softmax(zs[t]) - ts[t]
let dh[t] = dy[t] @ Why' + dhnext[t]
let dhraw[t] = (1 - hs[t]^2) * dh[t]
let dhnext[t] = dhraw[t+1] @ Wxh'
claim "bad W": grad(Whh) = sum(t, hs[t-1]' @ dhraw[t])
claim "bad Wxh": grad(Wxh) = sum(t, xs[t]' @ dhraw[t])
