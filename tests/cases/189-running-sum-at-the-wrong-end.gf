# A sum that runs back over the steps is complete at the first one, one that runs forward at the last.
#! "bad W" : claim grad(W) = gW[1]
#! "bad U" : claim grad(U) = gU[T]
steps T = 4
size n = 2, m = 4, k = 3
seed 23
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
e[t] = V @ h[t] - y[t]
loss sum(t, sum(e[t]^2)) / 2
let da[t] = (V' @ e[t] + W' @ da[t+1]) * (1 - h[t]^2)
let gW[t] = gW[t+1] + da[t] @ h[t-1]'
let gU[t] = gU[t-1] + da[t] @ x[t]'
claim "bad W": grad(W) = gW[T]
claim "bad U": grad(U) = gU[1]
claim "ok V": grad(V) = sum(t, e[t] @ h[t]')
