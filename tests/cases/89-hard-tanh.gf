# clip for an activation. The slope of tanh; the slope taken at the output, where it is always 1; the gradient clipped instead of blocked; no slope at all.
#! "bad 1 tanh's" : let da1[t] = grad(h[t]) * clip'(a[t], -1, 1)
#! "bad 2 at the output" : claim grad(U) = sum(t, (grad(h[t]) * clip'(a[t], -1, 1)) @ x[t]')
#! "bad 3 gradient clipped" : claim grad(a[t]) = grad(h[t]) * clip'(a[t], -1, 1)
#! "bad 4 passes" : claim grad(h[t]) = grad(s[t]) * v + W' @ (grad(h[t+1]) * clip'(a[t+1], -1, 1))
steps T = 6
size n = 3, m = 5
seed 151
input x[t] : n x 1
given y[t] : 1 x 1
param U : m x n ~ normal(0, 1)
param W : m x m ~ normal(0, 0.8)
param v : m x 1
start h[0] : m x 1 = 0
a[t] = U @ x[t] + W @ h[t-1]
h[t] = clip(a[t], -1, 1)
s[t] = v' @ h[t]
loss sum(t, (s[t] - y[t])^2)
claim "ok v": grad(v) = sum(t, h[t] * grad(s[t]))
let da1[t] = grad(h[t]) * (1 - h[t]^2)
claim "bad 1 tanh's": grad(W) = sum(t, da1[t] @ h[t-1]')
claim "bad 2 at the output": grad(U) = sum(t, (grad(h[t]) * clip'(h[t], -1, 1)) @ x[t]')
claim "bad 3 gradient clipped": grad(a[t]) = clip(grad(h[t]), -1, 1)
claim "bad 4 passes": grad(h[t]) = grad(s[t]) * v + W' @ grad(h[t+1])
