# A mask by element, on the recurrent way: at the wrong step, of the wrong factor, squared, complemented; a leaky unit.
#! "bad 1 mask of t" : let e[t] = h[t] - y[t] + l * e[t+1] + W' @ (e[t+1] * M[t+1] * (1 - l) * (1 - u[t+1]^2))
#! "bad 2 no leak" : claim grad(h[t]) = h[t] - y[t] + l * grad(h[t+1]) + W' @ (grad(h[t+1]) * M[t+1] * (1 - l) * (1 - u[t+1]^2))
#! "bad 3 no 1 - l" : claim grad(u[t]) = grad(h[t]) * M[t] * (1 - l)
#! "bad 4 complement" : claim grad(u[t]) = grad(h[t]) * M[t] * (1 - l)
#! "bad 5 h for u" : claim grad(U) = sum(t, (grad(u[t]) * (1 - u[t]^2)) @ x[t]')
#! "bad 6 mask inside" : claim grad(W) = sum(t, (grad(u[t]) * (1 - u[t]^2)) @ h[t-1]')
#! "bad 7 l" : claim grad(l) = sum(t, sum(grad(h[t]) * (h[t-1] - M[t] * u[t])))
steps T = 5
size n = 3, m = 4
input x[t] : n x 1
given M[t] : m x 1 ~ bernoulli(0.6)
given y[t] : m x 1
param U : m x n
param W : m x m
param l : 1 x 1 = 0.3
start h[0] : m x 1 ~ normal(0, 1)
u[t] = tanh(U @ x[t] + W @ h[t-1])
h[t] = l * h[t-1] + (1 - l) * M[t] * u[t]
loss sum(t, sum((h[t] - y[t])^2)) / 2
let e[t] = h[t] - y[t] + l * e[t+1] + W' @ (e[t+1] * M[t] * (1 - l) * (1 - u[t+1]^2))
claim "bad 1 mask of t": grad(h[t]) = e[t]
claim "bad 2 no leak": grad(h[t]) = h[t] - y[t] + W' @ (grad(h[t+1]) * M[t+1] * (1 - l) * (1 - u[t+1]^2))
claim "bad 3 no 1 - l": grad(u[t]) = grad(h[t]) * M[t]
claim "bad 4 complement": grad(u[t]) = grad(h[t]) * (1 - M[t]) * (1 - l)
claim "bad 5 h for u": grad(U) = sum(t, (grad(u[t]) * (1 - h[t]^2)) @ x[t]')
claim "bad 6 mask inside": grad(W) = sum(t, (grad(u[t]) * (1 - u[t]^2)) @ (M[t] * h[t-1])')
claim "bad 7 l": grad(l) = sum(t, sum(grad(h[t]) * (h[t-1] - u[t])))
