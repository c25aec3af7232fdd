# Temporal activation regularisation added to an RNN by hand: every state stands in two differences, its own and the next step's. The notes have the first only.
#! "bad h" : let dh[t] = V' @ (softmax(z[t]) - y[t]) + dar[t] + dtar[t] - dtar[t+1] + U' @ da[t+1]
#! "bad h" or : let dtar[t] = 2 * beta * (diff[t] - diff[t+1])
#! "bad U" : let dh[t] = V' @ (softmax(z[t]) - y[t]) + dar[t] + dtar[t] - dtar[t+1] + U' @ da[t+1]
#! "bad U" or : let dtar[t] = 2 * beta * (diff[t] - diff[t+1])
#! "bad b" : let dh[t] = V' @ (softmax(z[t]) - y[t]) + dar[t] + dtar[t] - dtar[t+1] + U' @ da[t+1]
#! "bad b" or : let dtar[t] = 2 * beta * (diff[t] - diff[t+1])
steps T = 5
size  n = 3, m = 4, k = 2
seed  20
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : m x n
param U : m x m
param b : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
alpha = 0.3
beta = 0.5
h[t] = tanh(W @ x[t] + U @ h[t-1] + b)
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t])) + alpha * sum(t, sum(h[t]^2)) + beta * sum(t, sum((h[t] - h[t-1])^2))

let diff[t] = h[t] - h[t-1]
let dar[t] = 2 * alpha * h[t]
let dtar[t] = 2 * beta * diff[t]
let dh[t] = V' @ (softmax(z[t]) - y[t]) + dar[t] + dtar[t] + U' @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
claim "bad h": grad(h[t]) = dh[t]
claim "bad U": grad(U) = sum(t, da[t] @ h[t-1]')
claim "bad b": grad(b) = sum(t, da[t])
