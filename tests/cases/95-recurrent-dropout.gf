# One mask for all steps on the way from h to h. It is forgotten on the way back, stands at the wrong side of the matrix, or misses in the weight.
#! "bad 1 forgotten" : let dh1[t] = V' @ ds[t] + D * (W' @ (dh1[t+1] * (1 - h[t+1]^2))) / (1 - r)
#! "bad 2 side" : let dh2[t] = V' @ ds[t] + D * (W' @ (dh2[t+1] * (1 - h[t+1]^2))) / (1 - r)
#! "bad 3 weight" : claim grad(W) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ (D * h[t-1] / (1 - r))')
#! "bad 4 scale" : claim grad(W) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ (D * h[t-1] / (1 - r))')
steps T = 4
size n = 2, m = 5, k = 3
seed 193
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
given D : m x 1 ~ bernoulli(0.6)
given r : 1 x 1 = 0.4
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ (D * h[t-1] / (1 - r)))
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
claim "ok U": grad(U) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ x[t]')
let dh1[t] = V' @ ds[t] + W' @ (dh1[t+1] * (1 - h[t+1]^2))
claim "bad 1 forgotten": grad(h[t]) = dh1[t]
let dh2[t] = V' @ ds[t] + W' @ (D * dh2[t+1] * (1 - h[t+1]^2)) / (1 - r)
claim "bad 2 side": grad(h[t]) = dh2[t]
claim "bad 3 weight": grad(W) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ h[t-1]')
claim "bad 4 scale": grad(W) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ (D * h[t-1])')
