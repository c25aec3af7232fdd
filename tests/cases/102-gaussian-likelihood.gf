# A net that gives mean and log deviation. The variance for the deviation in the mean's gradient, the 1 or the factor lost in the other's.
#! "bad M" : let dmu[t] = (mu[t] - y[t]) * exp(-2 * ls[t])
#! "bad 2 one" : let dls2[t] = 1 - (y[t] - mu[t])^2 * exp(-2 * ls[t])
#! "bad 3 half" : claim grad(ls[t]) = 1 - (y[t] - mu[t])^2 * exp(-2 * ls[t])
#! "bad h" : claim grad(h[t]) = M' @ grad(mu[t]) + S' @ grad(ls[t]) + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
steps T = 4
size n = 3, m = 4, k = 2
seed 251
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param M, S : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
mu[t] = M @ h[t]
ls[t] = S @ h[t]
loss sum(t, sum((y[t] - mu[t])^2 * exp(-2 * ls[t]) / 2 + ls[t]))
claim "ok U": grad(U) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ x[t]')
let dmu[t] = (mu[t] - y[t]) * exp(-ls[t])
claim "bad M": grad(M) = sum(t, dmu[t] @ h[t]')
let dls2[t] = -(y[t] - mu[t])^2 * exp(-2 * ls[t])
claim "bad 2 one": grad(S) = sum(t, dls2[t] @ h[t]')
claim "bad 3 half": grad(ls[t]) = 1 - (y[t] - mu[t])^2 * exp(-2 * ls[t]) / 2
claim "bad h": grad(h[t]) = M' @ grad(mu[t]) + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
