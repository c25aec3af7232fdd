# A neural ODE with Heun's method: two evaluations of one function a step.
#! "bad 1" : claim grad(k2[t]) = dt / 2 * grad(h[t])
#! "bad 2" : claim grad(k1[t]) = dt / 2 * grad(h[t]) + dt * (W' @ a2[t])
#! "bad 2" or : claim grad(k1[t]) = dt / 2 * grad(h[t]) + dt * grad(mid[t])
#! "bad 2" hint : k1\[t\] -> mid\[t\]
#! "bad 3" : claim grad(h[t]) = grad(h[t+1]) + W' @ a1[t+1] + W' @ a2[t+1] for t = 1..T-1
#! "bad 3" or : claim grad(h[t]) = grad(h[t+1]) + W' @ a1[t+1] + grad(mid[t+1]) for t = 1..T-1
#! "bad 3" hint : h\[t\] -> mid\[t\+1\]
#! "bad 4" : claim grad(W) = sum(t, a1[t] @ h[t-1]' + a2[t] @ mid[t]')
#! "bad 5" : claim grad(b) = sum(t, a1[t] + a2[t])
#! "bad 6" : claim grad(dt) = sum(t, sum(grad(h[t]) * (k1[t] + k2[t])) / 2 + sum(grad(mid[t]) * k1[t]))
steps T = 4
size n = 3
seed 53
given y : n x 1
param W : n x n
param b : n x 1
param dt : 1 x 1 = 0.3
start h[0] : n x 1 ~ normal(0, 1)
k1[t] = tanh(W @ h[t-1] + b)
mid[t] = h[t-1] + dt * k1[t]
k2[t] = tanh(W @ mid[t] + b)
h[t] = h[t-1] + dt / 2 * (k1[t] + k2[t])
loss sum((h[T] - y)^2)
let a2[t] = grad(k2[t]) * (1 - k2[t]^2)
let a1[t] = grad(k1[t]) * (1 - k1[t]^2)
claim "bad 1": grad(k2[t]) = dt * grad(h[t])
claim "bad 2": grad(k1[t]) = dt / 2 * grad(h[t])
claim "bad 3": grad(h[t]) = grad(h[t+1]) + W' @ a1[t+1] for t = 1..T-1
claim "bad 4": grad(W) = sum(t, a1[t] @ h[t-1]' + a2[t] @ h[t]')
claim "bad 5": grad(b) = sum(t, a1[t] * a2[t])
claim "bad 6": grad(dt) = sum(t, sum(grad(h[t]) * (k1[t] + k2[t])) + sum(grad(mid[t]) * k1[t]))
