# Two slips in one line each.
#! "bad 1" : let da1[t] = (ds[t] @ V' + da1[t+1] @ W') * (1 - h[t]^2)
#! "bad 2" : let da2[t] = (ds[t] @ V' + da2[t+1] @ W') * (1 - h[t]^2)
#! "bad 3" : let da3[t] = (ds[t] @ V' + da3[t+1] @ W') * (1 - h[t]^2)
#! "bad 4" : let da4[t] = (ds[t] @ V' + da4[t+1] @ W') * (1 - h[t]^2)
#! "bad 5" : claim grad(W) = sum(t, h[t-1]' @ (grad(h[t]) * (1 - h[t]^2)))
#! "bad 6" : claim grad(b) = sum(t, colsum(grad(h[t]) * (1 - h[t]^2)))
#! "bad 7" : claim grad(V) = sum(t, h[t]' @ ds[t])
steps T = 4
size B = 3, n = 2, m = 4, k = 5
seed 1
input x[t] : B x n
given y[t] : B x k ~ onehot
param U : n x m
param W : m x m
param V : m x k
param b : 1 x m
start h[0] : B x m ~ normal(0, 1)
h[t] = tanh(x[t] @ U + h[t-1] @ W + b)
s[t] = h[t] @ V
loss sum(t, cross_entropy(s[t], y[t])) / B
let ds[t] = (softmax(s[t]) - y[t]) / B
let da1[t] = (ds[t] @ V + da1[t] @ W') * (1 - h[t]^2)
let da2[t] = (ds[t] @ V' + da2[t+1] @ W) * (1 - h[t])
let da3[t] = (V @ ds[t] + da3[t-1] @ W') * (1 - h[t]^2)
let da4[t] = ds[t] @ V' + (da4[t+1] @ W') * (1 + h[t]^2)
claim "bad 1": grad(U) = sum(t, x[t]' @ da1[t])
claim "bad 2": grad(U) = sum(t, x[t]' @ da2[t])
claim "bad 3": grad(U) = sum(t, x[t]' @ da3[t])
claim "bad 4": grad(U) = sum(t, x[t]' @ da4[t])
claim "bad 5": grad(W) = sum(t, grad(h[t])' @ h[t-1])
claim "bad 6": grad(b) = sum(t, rowsum(grad(h[t])))
claim "bad 7": grad(V) = sum(t, ds[t] @ h[t]) * B
