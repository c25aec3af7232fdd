# Truncated backpropagation by hand: a number is 0 where a window ends, and is asked for a step too late. The window's
# length is a size of the file as well.
#! "bad state" : let dh[t] = V' @ (V @ h[t] - y[t]) + keep[t] * (W' @ da[t+1])
#! "bad W" : let dh[t] = V' @ (V @ h[t] - y[t]) + keep[t] * (W' @ da[t+1])
steps T = 9
size  n = 2, m = 4, k = 5, K = 3
seed  177
truncate 3
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
loss 0.5 * sum(t, sum((V @ h[t] - y[t])^2))

let keep[t] = prod(j, 1..T/K, ((t - j*K)^2 > 0))
let dh[t] = V' @ (V @ h[t] - y[t]) + keep[t+1] * (W' @ da[t+1])
let da[t] = dh[t] * (1 - h[t]^2)
claim "ok V": grad(V) = sum(t, (V @ h[t] - y[t]) @ h[t]')
claim "bad state": grad(h[t]) = dh[t]
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]')
