# The delta has 1/N already; the weights' gradients are divided once more. The claim about the first state holds, and by it every delta is right.
#! "bad W" : let dW = sum(t, delta[t] @ h[t-1]')
#! "bad U" : let dU = sum(t, delta[t] @ x[t]')
#! "bad b" : let db = sum(t, rowsum(delta[t]))
steps T = 4
size n = 3, m = 4, k = 2, N = 5
seed 8
input x[t] : n x N
given y[t] : k x N
param U : m x n
param W : m x m
param b : m x 1
param V : k x m
start h[0] : m x N ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1] + b)
o[t] = V @ h[t]
loss sum(t, sum((o[t] - y[t])^2)) / (2 * N)
let delta[t] = (V' @ (o[t] - y[t]) / N + W' @ delta[t+1]) * (1 - h[t]^2)
let dW = sum(t, delta[t] @ h[t-1]') / N
let dU = sum(t, delta[t] @ x[t]') / N
let db = sum(t, rowsum(delta[t])) / N
claim "bad W": grad(W) = dW
claim "bad U": grad(U) = dU
claim "bad b": grad(b) = db
claim "ok first state": grad(h[0]) = W' @ delta[1]
