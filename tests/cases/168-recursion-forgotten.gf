# "The loss is on the last state, so I take its derivative at each step": nothing comes back from step to step. The line
# is right for the last one.
#! "bad state" : let dh[T] = 2 * (h[T] - y) / m
#! "bad state" : let dh[t] = W' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad W" : let dh[T] = 2 * (h[T] - y) / m
#! "bad W" : let dh[t] = W' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad U" : let dh[T] = 2 * (h[T] - y) / m
#! "bad U" : let dh[t] = W' @ (dh[t+1] * (1 - h[t+1]^2))
steps T = 5
size  n = 3, m = 4
seed  3
input x[t] : n x 1
given y : m x 1
param U : m x n
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
loss mse(h[T], y)

let dh[t] = 2 * (h[t] - y) / m
claim "bad state": grad(h[t]) = dh[t]
claim "bad W": grad(W) = sum(t, (dh[t] * (1 - h[t]^2)) @ h[t-1]')
claim "bad U": grad(U) = sum(t, (dh[t] * (1 - h[t]^2)) @ x[t]')
