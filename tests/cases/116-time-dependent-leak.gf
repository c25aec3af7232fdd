# The leak depends on the time between the samples: exp(-dt / tau), tau learnt.
#! "bad 1" : claim grad(k[t]) = grad(h[t]) * (h[t-1] - g[t])
#! "bad 2" : claim grad(tau) = sum(t, grad(k[t]) * k[t] * dt[t] / tau^2)
#! "bad 3" : claim grad(tau) = sum(t, grad(k[t]) * k[t] * dt[t] / tau^2)
#! "bad 4" : claim grad(g[t]) = grad(h[t]) * (1 - k[t])
#! "bad 5" : claim grad(h[t]) = 2 * (h[t] - y[t]) / m + k[t+1] * grad(h[t+1]) + R' @ (grad(h[t+1]) * (1 - k[t+1]) * (1 - g[t+1]^2))
steps T = 5
size n = 2, m = 3
seed 42
input x[t] : n x 1
given dt[t] : 1 x 1 ~ uniform(0.2, 1)
given y[t] : m x 1
param W : m x n
param R : m x m
param tau : m x 1 ~ uniform(1, 2)
start h[0] : m x 1 ~ normal(0, 1)
k[t] = exp(-dt[t] / tau)
g[t] = tanh(W @ x[t] + R @ h[t-1])
h[t] = k[t] * h[t-1] + (1 - k[t]) * g[t]
loss sum(t, mse(h[t], y[t]))
claim "bad 1": grad(k[t]) = grad(h[t]) * h[t-1]
claim "bad 2": grad(tau) = sum(t, grad(k[t]) * k[t] * dt[t] / tau)
claim "bad 3": grad(tau) = -sum(t, grad(k[t]) * k[t] * dt[t] / tau^2)
claim "bad 4": grad(g[t]) = grad(h[t]) * k[t]
claim "bad 5": grad(h[t]) = 2 * (h[t] - y[t]) / m + k[t+1] * grad(h[t+1]) + R' @ ((1 - k[t+1]) * (1 - g[t+1]^2))
