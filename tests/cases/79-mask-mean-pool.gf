# Mean over the valid steps only, rows: the count per row forgotten, mask forgotten, the last valid for all.
#! "bad count" : let dh1[t] = M[t] * (dp / cnt) + (dh1[t+1] * (1 - h[t+1]^2)) @ W'
#! "bad mask" : let dh2[t] = M[t] * (dp / cnt) + (dh2[t+1] * (1 - h[t+1]^2)) @ W'
#! "bad V" : claim grad(V) = p' @ ds
#! "bad b" : claim grad(b) = colsum(ds)
steps T = 4
seed 5
size B = 3, n = 2, m = 4, k = 5
input x[t] : B x n
given y : B x k ~ onehot
given M[t] : B x 1 ~ bernoulli(0.6)
param U : n x m
param W : m x m
param V : m x k
param b : 1 x k
start h[0] : B x m ~ normal(0, 1)
h[t] = tanh(x[t] @ U + h[t-1] @ W)
cnt = 1 + sum(t, M[t])
p = sum(t, M[t] * h[t]) / cnt
s = p @ V + b
loss -sum(y * log_softmax(s)) / B
let ds = (softmax(s) - y) / B
let dp = ds @ V'
let dh[t] = M[t] * (dp / cnt) + (dh[t+1] * (1 - h[t+1]^2)) @ W'
claim "ok": grad(h[t]) = dh[t]
let dh1[t] = M[t] * (dp / T) + (dh1[t+1] * (1 - h[t+1]^2)) @ W'
claim "bad count": grad(h[t]) = dh1[t]
let dh2[t] = dp / cnt + (dh2[t+1] * (1 - h[t+1]^2)) @ W'
claim "bad mask": grad(h[t]) = dh2[t]
claim "bad V": grad(V) = p' @ ds / B
claim "bad b": grad(b) = sum(t, colsum(M[t] * ds))
