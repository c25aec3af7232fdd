# Two layers, one loop, and only one variable dhnext: the upper layer reads what the lower wrote at t+1, the lower what the upper wrote just now. Both have size m, so the shapes fit. Two of them are needed.
#! "bad U2" : let d2[t] = (V' @ e[t] + dnext2[t+1]) * (1 - g[t]^2)
#! "bad U2" : let d1[t] = (W2' @ d2[t] + dnext1[t+1]) * (1 - h[t]^2)
#! "bad W2" : let d2[t] = (V' @ e[t] + dnext2[t+1]) * (1 - g[t]^2)
#! "bad W2" : let d1[t] = (W2' @ d2[t] + dnext1[t+1]) * (1 - h[t]^2)
#! "bad U1" : let d2[t] = (V' @ e[t] + dnext2[t+1]) * (1 - g[t]^2)
#! "bad U1" : let d1[t] = (W2' @ d2[t] + dnext1[t+1]) * (1 - h[t]^2)
#! "bad b1" : let d2[t] = (V' @ e[t] + dnext2[t+1]) * (1 - g[t]^2)
#! "bad b1" : let d1[t] = (W2' @ d2[t] + dnext1[t+1]) * (1 - h[t]^2)
steps T = 5
size  n = 3, m = 4, k = 2
seed  10
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W1 : m x n
param U1, W2, U2 : m x m
param b1, b2 : m x 1
param V : k x m
start h[0], g[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(W1 @ x[t] + U1 @ h[t-1] + b1)
g[t] = tanh(W2 @ h[t] + U2 @ g[t-1] + b2)
s[t] = V @ g[t]
loss sum(t, cross_entropy(s[t], y[t]))

let e[t] = softmax(s[t]) - y[t]
let d2[t] = (V' @ e[t] + dnext1[t+1]) * (1 - g[t]^2)
let dnext2[t] = U2' @ d2[t]
let d1[t] = (W2' @ d2[t] + dnext2[t]) * (1 - h[t]^2)
let dnext1[t] = U1' @ d1[t]
claim "ok V": grad(V) = sum(t, e[t] @ g[t]')
claim "bad U2": grad(U2) = sum(t, d2[t] @ g[t-1]')
claim "bad W2": grad(W2) = sum(t, d2[t] @ h[t]')
claim "bad U1": grad(U1) = sum(t, d1[t] @ h[t-1]')
claim "bad b1": grad(b1) = sum(t, d1[t])
