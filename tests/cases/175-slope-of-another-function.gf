# The slope has a line of its own, copied from a tanh network into one with the logistic function; and in the first line
# the factor of the mean of squares is forgotten.
#! "bad V" : let e[t] = 2 / (k * T) * (o[t] - y[t])
#! "bad W" : let e[t] = 2 / (k * T) * (o[t] - y[t])
#! "bad U" : let e[t] = 2 / (k * T) * (o[t] - y[t])
#! "bad W" : let s[t] = h[t] * (1 - h[t])
#! "bad U" : let s[t] = h[t] * (1 - h[t])
steps T = 5
size  n = 3, m = 4, k = 6
seed  175
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = sigmoid(U @ x[t] + W @ h[t-1])
o[t] = V @ h[t]
loss sum(t, mse(o[t], y[t])) / T

let e[t] = o[t] - y[t]
let s[t] = 1 - h[t]^2
let d[t] = (V' @ e[t] + W' @ d[t+1]) * s[t]
claim "bad V": grad(V) = sum(t, e[t] @ h[t]')
claim "bad W": grad(W) = sum(t, d[t] @ h[t-1]')
claim "bad U": grad(U) = sum(t, d[t] @ x[t]')
