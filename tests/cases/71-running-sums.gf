# Sums over the past written out: the sum over later losses starts a step late, the product's range.
#! "bad state" : let dh[t] = sum(j, t..T, prod(s, t+1..j, U') @ e[j])
#! "bad W" : let dh[t] = sum(j, t..T, prod(s, t+1..j, U') @ e[j])
#! "bad Jacobian" : claim jacobian(h[t], h[j]) = prod(s, j+1..t, U) for j = 1..t-1
#! "bad weight" : let dh[t] = sum(j, t..T, prod(s, t+1..j, U') @ e[j])
#! "bad weight" : claim grad(U) = sum(t, dh[t] @ h[t-1]')
#! "bad weight" or : claim grad(U) = sum(t, grad(h[t]) @ h[t-1]')
steps T = 5
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param W : m x n
param U : m x m
start h[0] : m x 1
h[t] = U @ h[t-1] + W @ x[t]
loss sum(t, sum((h[t] - y[t])^2))
let e[t] = 2 * (h[t] - y[t])
let dh[t] = sum(j, t+1..T, prod(s, t+1..j, U') @ e[j])
claim "bad state": grad(h[t]) = dh[t]
claim "bad W": grad(W) = sum(t, dh[t] @ x[t]')
claim "bad Jacobian": jacobian(h[t], h[j]) = prod(s, j..t, U) for j = 1..t-1
claim "bad weight": grad(U) = sum(t, sum(j, 1..t, e[t] @ h[j-1]'))
