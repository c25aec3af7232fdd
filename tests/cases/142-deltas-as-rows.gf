# Rows of errors beside columns of states: the deltas are kept as rows.
#! "bad 2 W" : let d[t] = (e[t] @ V + d[t+1] @ W) * (1 - h[t]^2)'
#! "bad 3 U" : claim grad(U) = (sum(t, x[t] @ d[t]))'
#! "bad 3 U" : let d[t] = (e[t] @ V + d[t+1] @ W) * (1 - h[t]^2)'
#! "bad 4 h" : claim grad(h[t])' = e[t] @ V + d[t+1] @ W
#! "bad 4 h" : let d[t] = (e[t] @ V + d[t+1] @ W) * (1 - h[t]^2)'
#! "bad 5 Vf" : let f[t] = (softmax(s[t]) - y[t])'
steps T = 4
size n = 2, m = 3, k = 4
seed 5
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let e[t] = (softmax(s[t]) - y[t])'
let d[t] = (e[t] @ V + d[t] @ W) * (1 - h[t]^2)'
claim "ok 1 V": grad(V) = (sum(t, h[t] @ e[t]))'
claim "bad 2 W": grad(W) = (sum(t, h[t-1] @ d[t]))'
claim "bad 3 U": grad(U) = (sum(t, x[t] @ d[t]))
claim "bad 4 h": grad(h[t])' = e[t] @ V + d[t+1] @ W'
let f[t] = (y[t] - softmax(s[t]))'
claim "bad 5 Vf": grad(V) = sum(t, f[t]' @ h[t]')
