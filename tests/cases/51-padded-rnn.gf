# Padded sequences whose state is kept where the mask is 0: what is kept is masked with this step's mask, the new value's error not at all.
#! "bad 1 h" : let dh[t] = da[t+1] @ U' + (1 - k[t+1]) * dh[t+1]
#! "bad 1 h" : let da[t] = dh[t] * k[t] * (1 - c[t]^2)
#! "bad 2 W" : let dh[t] = da[t+1] @ U' + (1 - k[t+1]) * dh[t+1]
#! "bad 2 W" : let da[t] = dh[t] * k[t] * (1 - c[t]^2)
#! "bad 3 U" : let dh[t] = da[t+1] @ U' + (1 - k[t+1]) * dh[t+1]
#! "bad 3 U" : let da[t] = dh[t] * k[t] * (1 - c[t]^2)
steps T = 5
size B = 3, n = 2, m = 4
input x[t] : B x n
given y : B x m
given k[t] : B x 1 ~ bernoulli(0.6)
param W : n x m
param U : m x m
start h[0] : B x m ~ normal(0, 1)
c[t] = tanh(x[t] @ W + h[t-1] @ U)
h[t] = k[t] * c[t] + (1 - k[t]) * h[t-1]
loss sum((h[T] - y)^2)
let dh[T] = 2 * (h[T] - y)
let dh[t] = da[t+1] @ U' + (1 - k[t]) * dh[t+1]
let da[t] = dh[t] * (1 - c[t]^2)
claim "bad 1 h": grad(h[t]) = dh[t]
claim "bad 2 W": grad(W) = sum(t, x[t]' @ da[t])
claim "bad 3 U": grad(U) = sum(t, h[t-1]' @ da[t])
