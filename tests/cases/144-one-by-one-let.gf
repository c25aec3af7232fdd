# Attention weights' error as dc h', which is 1 x 1 and goes with everything, so that its user fails; rows.
#! "bad scores" : let da[t] = dc[t] @ M'
#! "bad keys" : let da[t] = dc[t] @ M'
#! "bad query" : claim grad(q[t]) = grad(s[t]) @ M + (grad(q[t+1]) * (1 - q[t+1]^2)) @ W'
steps T = 4
size n = 2, m = 3, N = 5
input x[t] : 1 x n
given y[t] : 1 x m
param M : N x m
param U : n x m
param W : m x m
start q[0] : 1 x m ~ normal(0, 1)
q[t] = tanh(x[t] @ U + q[t-1] @ W)
s[t] = q[t] @ M'
a[t] = softmax(s[t])
c[t] = a[t] @ M
loss sum(t, sum((c[t] - y[t])^2)) / 2
let dc[t] = c[t] - y[t]
let da[t] = dc[t] @ q[t]'
let ds[t] = a[t] * (da[t] - rowsum(a[t] * da[t]))
claim "bad scores": grad(s[t]) = ds[t]
claim "bad keys": grad(M) = sum(t, a[t]' @ dc[t] + ds[t]' @ q[t])
claim "bad query": grad(q[t]) = grad(s[t]) @ M' + (grad(q[t+1]) * (1 - q[t+1]^2)) @ W'
