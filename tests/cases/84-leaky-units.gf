# An echo-state cell whose leak is trained: its factor is forgotten on the way in, or on the way back, or the leak's gradient has one of two terms.
#! "bad W" : let da[t] = λ * dh[t] * (1 - r[t]^2)
#! "bad W" : let dh[t] = C' @ ds[t] + (1 - λ) * dh[t+1] + W' @ da[t+1]
#! "bad U" : let da[t] = λ * dh[t] * (1 - r[t]^2)
#! "bad U" : let dh[t] = C' @ ds[t] + (1 - λ) * dh[t+1] + W' @ da[t+1]
#! "bad leak" : claim grad(λ) = sum(t, sum(grad(h[t]) * (r[t] - h[t-1])))
steps T = 4
size n = 3, m = 5, k = 2
seed 71
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param C : k x m
param λ : 1 x 1 = 0.35
start h[0] : m x 1 ~ normal(0, 1)
r[t] = tanh(U @ x[t] + W @ h[t-1])
h[t] = (1 - λ) * h[t-1] + λ * r[t]
s[t] = C @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
let dh[t] = C' @ ds[t] + λ * dh[t+1] + W' @ da[t+1]
let da[t] = dh[t] * (1 - r[t]^2)
claim "ok C": grad(C) = sum(t, ds[t] @ h[t]')
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]')
claim "bad U": grad(U) = sum(t, da[t] @ x[t]')
claim "bad leak": grad(λ) = sum(t, sum(grad(h[t]) * r[t]))
