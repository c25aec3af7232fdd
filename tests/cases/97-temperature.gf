# Logits over a temperature: 1 / tau forgotten, tau for 1 / tau, tau's own gradient without its square and without the sign.
#! "bad V" : let dz[t] = (softmax(z[t] / tau) - y[t]) / tau
#! "bad 2 times" : claim grad(z[t]) = (softmax(z[t] / tau) - y[t]) / tau
#! "bad 3 own" : claim grad(tau) = -sum(t, sum((softmax(z[t] / tau) - y[t]) * z[t])) / tau^2
#! "bad 4 inside" : claim grad(z[t]) = (softmax(z[t] / tau) - y[t]) / tau
steps T = 3
size n = 4, m = 3, k = 5
seed 227
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param tau : 1 x 1 = 1.7
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t] / tau, y[t]))
let dz[t] = softmax(z[t] / tau) - y[t]
claim "ok W": grad(W) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ h[t-1]')
claim "bad V": grad(V) = sum(t, dz[t] @ h[t]')
claim "bad 2 times": grad(z[t]) = tau * (softmax(z[t] / tau) - y[t])
claim "bad 3 own": grad(tau) = sum(t, sum((softmax(z[t] / tau) - y[t]) * z[t])) / tau
claim "bad 4 inside": grad(z[t]) = (softmax(z[t]) - y[t]) / tau
