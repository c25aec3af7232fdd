# Two slips in one line.
#! "bad 1" : claim grad(h[t]) = h[t] - y[t] + W' @ da[t+1]
#! "bad 2" : claim grad(h[t]) = h[t] - y[t] + W' @ (grad(h[t+1]) * h[t+1] * (1 - h[t+1]))
#! "bad 3" : claim grad(W) = sum(t, da[t] @ h[t-1]')
#! "bad 4" : claim grad(h[t]) = h[t] - y[t] + W' @ (grad(h[t+1]) * h[t+1] * (1 - h[t+1]))
#! "bad 5" : claim jacobian(h[T], h[j]) = prod(i, T downto j+1, diag(h[i] * (1 - h[i])) @ W) for j = 1..T-1
#! "bad 6" : claim grad(a[t]) = (h[t] - y[t] + W' @ grad(a[t+1])) * h[t] * (1 - h[t])
steps T = 4
size n = 2, m = 3
seed 72
input x[t] : n x 1
given y[t] : m x 1
param U : m x n
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = sigmoid(a[t])
loss sum(t, sum((h[t] - y[t])^2)) / 2
let da[t] = grad(h[t]) * h[t] * (1 - h[t])
claim "bad 1": grad(h[t]) = y[t] - h[t] + W @ da[t+1]
claim "bad 2": grad(h[t]) = h[t] - y[t] + W' @ (grad(h[t+1]) * h[t] * (1 - h[t]))
claim "bad 3": grad(W) = sum(t, h[t] @ da[t]')
claim "bad 4": grad(h[t]) = 2 * (h[t] - y[t]) + W' @ (grad(h[t]) * h[t+1] * (1 - h[t+1]))
claim "bad 5": jacobian(h[T], h[j]) = prod(i, j+1..T, diag(1 - h[i]^2) @ W) for j = 1..T-1
claim "bad 6": grad(a[t]) = h[t] - y[t] + W' @ grad(a[t+1]) * h[t] * (1 - h[t])
