# A penalty on how much the state moves: h[t] is in it twice, but for the last one, which no step follows.
#! "bad state" : let dh[t] = V' @ e[t] + W' @ da[t+1] + r * (h[t] - h[t-1]) - r * (h[t+1] - h[t])
#! "bad state" : let dh[T] = V' @ e[T] + r * (h[T] - h[T-1])
#! "bad W" : let dh[t] = V' @ e[t] + W' @ da[t+1] + r * (h[t] - h[t-1]) - r * (h[t+1] - h[t])
#! "bad W" : let dh[T] = V' @ e[T] + r * (h[T] - h[T-1])
steps T = 5
size n = 2, m = 4, k = 3
seed 3
input x[t] : n x 1
given y[t] : k x 1
given r : 1 x 1 = 0.6
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
e[t] = V @ h[t] - y[t]
loss sum(t, sum(e[t]^2)) / 2 + r / 2 * sum(t, sum((h[t] - h[t-1])^2))
let dh[t] = V' @ e[t] + W' @ da[t+1] + r * (h[t] - h[t-1])
let da[t] = dh[t] * (1 - h[t]^2)
claim "bad state": grad(h[t]) = dh[t]
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]')
claim "ok last": grad(h[T]) = V' @ e[T] + r * (h[T] - h[T-1])
