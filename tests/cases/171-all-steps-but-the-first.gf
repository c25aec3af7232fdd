# The carry is multiplied by this step's slope; the state's gradient was compared from the second step on.
#! "bad state" : let q[t] = V' @ (softmax(z[t]) - y[t]) + W' @ (q[t+1] * (1 - h[t+1]^2))
#! "bad U" : let q[t] = V' @ (softmax(z[t]) - y[t]) + W' @ (q[t+1] * (1 - h[t+1]^2))
steps T = 5
size n = 3, m = 4, k = 2
seed 3
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))
let q[t] = V' @ (softmax(z[t]) - y[t]) + W' @ (q[t+1] * (1 - h[t]^2))
claim "bad state": grad(h[t]) = q[t] for t = 2..T
claim "bad U": grad(U) = sum(t, (q[t] * (1 - h[t]^2)) @ x[t]')
