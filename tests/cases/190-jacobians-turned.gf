# J is the transposed Jacobian, as the claim that holds uses it; the other two take it for the Jacobian itself. Nothing uses J[1].
#! "bad one step" : claim jacobian(h[t], h[t-1]) = J[t]'
steps T = 4
size n = 2, m = 4, k = 3
seed 41
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
z[t] = V @ h[t]
loss sum(t, sum((z[t] - y[t])^2)) / 2
let e[t] = (z[t] - y[t])'
let J[t] = W' @ diag(1 - h[t]^2)
claim "ok chain": grad(h[t]) = V' @ (z[t] - y[t]) + J[t+1] @ grad(h[t+1])
claim "bad one step": jacobian(h[t], h[t-1]) = J[t]
claim "ok e": grad(z[t]) = e[t]'
