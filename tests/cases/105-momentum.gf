# Momentum in the hidden state: v gathers, h moves.
#! "bad 1" : let dv[t] = da[t] + 0.6 * dv[t+1]
#! "bad 2" : claim grad(U) = 0.4 * sum(t, grad(v[t]) @ x[t]')
#! "bad 2" : let dv[t] = da[t] + 0.6 * dv[t+1]
#! "bad 2" or : claim grad(U) = 0.4 * sum(t, grad(v[t]) @ x[t]')
#! "bad 3" : claim grad(v[t]) = sum(s, t..T, 0.6^(s-t) * da[s])
#! "bad 4" : claim grad(v[0]) = sum(s, 1..T, 0.6^s * da[s])
#! "bad 5" : claim jacobian(h[t], v[t-1] | h[t-1]) = 0.6 * diag(1 - h[t]^2)
steps T = 5
size n = 2, m = 3
seed 54
input x[t] : n x 1
given y[t] : m x 1
param U : m x n
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
start v[0] : m x 1 ~ normal(0, 1)
v[t] = 0.6 * v[t-1] + 0.4 * (U @ x[t])
h[t] = tanh(W @ h[t-1] + v[t])
loss sum(t, mse(h[t], y[t]))
let da[t] = grad(h[t]) * (1 - h[t]^2)
let dv[t] = da[t] + 0.6 * dv[t-1]
claim "bad 1": grad(v[t]) = dv[t]
claim "bad 2": grad(U) = sum(t, da[t] @ x[t]')
claim "bad 3": grad(v[t]) = sum(s, t..T, 0.6^(s-t+1) * da[s])
claim "bad 4": grad(v[0]) = sum(s, 1..T, 0.6^s * da[s-1])
claim "bad 5": jacobian(h[t], v[t-1] | h[t-1]) = diag(1 - h[t]^2)
