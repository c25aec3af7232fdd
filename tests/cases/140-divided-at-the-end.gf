# Everything divided by the batch at the end, squared errors halved or not.
#! "bad 1 V" : let do[t] = o[t] - y[t]
#! "bad 2 W" : let dh[t] = do[t] @ V' + dr[t+1] @ W'
#! "bad 2 W" : let do[t] = o[t] - y[t]
#! "bad 3 U" : let dh[t] = do[t] @ V' + dr[t+1] @ W'
#! "bad 3 U" : let do[t] = o[t] - y[t]
#! "bad 4 c" : claim grad(c) = sum(t, colsum(do[t])) / B
#! "bad 4 c" : let do[t] = o[t] - y[t]
steps T = 3
size B = 4, n = 2, m = 3, k = 2
seed 3
input x[t] : B x n
given y[t] : B x k
param U : n x m
param W : m x m
param V : m x k
param c : 1 x k
start h[0] : B x m
h[t] = tanh(x[t] @ U + h[t-1] @ W)
o[t] = h[t] @ V + c
loss sum(t, sum((o[t] - y[t])^2)) / (2 * B)
let do[t] = y[t] - o[t]
let dh[t] = do[t] @ V' + dr[t+1] @ W
let dr[t] = dh[t] * (1 - h[t]^2)
claim "bad 1 V": grad(V) = sum(t, h[t]' @ do[t]) / B
claim "bad 2 W": grad(W) = sum(t, h[t-1]' @ dr[t]) / B
claim "bad 3 U": grad(U) = sum(t, x[t]' @ dr[t]) / B
claim "bad 4 c": grad(c) = sum(t, colsum(do[t]))
