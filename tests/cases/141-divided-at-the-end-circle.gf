# The same with a right start and a slip further on.
#! "bad 2 W" : claim grad(W) = sum(t, h[t-1]' @ dr[t]) / B
#! "bad 2 W" : let dh[t] = do[t] @ V' + dr[t+1] @ W'
#! "bad 2 W" : let dr[t] = dh[t] * (1 - h[t]^2)
#! "bad 3 U" : let dh[t] = do[t] @ V' + dr[t+1] @ W'
#! "bad 3 U" : let dr[t] = dh[t] * (1 - h[t]^2)
steps T = 3
size B = 4, n = 2, m = 3, k = 2
seed 4
input x[t] : B x n
given y[t] : B x k ~ onehot
param U : n x m
param W : m x m
param V : m x k
start h[0] : B x m
h[t] = tanh(x[t] @ U + h[t-1] @ W)
o[t] = h[t] @ V
loss sum(t, cross_entropy(o[t], y[t])) / B
let do[t] = softmax(o[t]) - y[t]
let dh[t] = do[t] @ V' + dr[t] @ W'
let dr[t] = dh[t] * (1 - h[t])^2
claim "ok 1 V": grad(V) = sum(t, h[t]' @ do[t]) / B
claim "bad 2 W": grad(W) = sum(t, h[t]' @ dr[t]) / B
claim "bad 3 U": grad(U) = sum(t, x[t]' @ dr[t]) / B
