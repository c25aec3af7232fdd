# Weight normalisation: W = g V / |V|, the recursion's own matrix; a discounted loss.
#! "bad 1" : claim grad(h[t]) = 0.8^t * 2 / m * (h[t] - y[t]) + W' @ da[t+1]
#! "bad 2" : claim grad(h[t]) = 0.8^t * 2 / m * (h[t] - y[t]) + W' @ da[t+1]
#! "bad 3" : claim grad(g) = sum(grad(W) * W) / g
#! "bad 3" or : claim grad(g) = sum(grad(W) * V) / nv
#! "bad 4" : claim grad(V) = g / nv * grad(W) + grad(nv) * V / nv
#! "bad 4" or : claim grad(V) = g / nv * (grad(W) - V * sum(V * grad(W)) / nv^2)
#! "bad 4" hint : V -> nv
#! "bad 5" : claim grad(nv) = -g * sum(grad(W) * V) / nv^2
#! "bad 6" : claim grad(V) = g / nv * grad(W) + grad(nv) * V / nv
steps T = 4
size n = 2, m = 3
seed 62
input x[t] : n x 1
given y[t] : m x 1
param V : m x m
param g : 1 x 1 = 1.3
param U : m x n
start h[0] : m x 1 ~ normal(0, 1)
nv = norm(V)
W = g * V / nv
h[t] = tanh(U @ x[t] + W @ h[t-1])
loss sum(t, 0.8^t * mse(h[t], y[t]))
let da[t] = grad(h[t]) * (1 - h[t]^2)
claim "bad 1": grad(h[t]) = 2 / m * (h[t] - y[t]) + W' @ da[t+1]
claim "bad 2": grad(h[t]) = 0.8^(t-1) * 2 / m * (h[t] - y[t]) + W' @ da[t+1]
claim "bad 3": grad(g) = sum(grad(W) * W)
claim "bad 4": grad(V) = g / nv * grad(W)
claim "bad 5": grad(nv) = g * sum(grad(W) * V) / nv^2
claim "bad 6": grad(V) = g / nv * grad(W) + grad(nv) * V
