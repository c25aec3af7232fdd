# Max over time and mean over time, then a classifier.
#! "bad 1" : let dmx = Vmax' @ ds
#! "bad 2" : claim grad(h[t]) = (h[t] >= mx) * grad(mx) + dav / T + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
#! "bad 3" : claim grad(h[t]) = (h[t] >= mx) * grad(mx) + dav / T + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
#! "bad 4" : claim grad(Vmax) = ds @ mx'
#! "bad 5" : claim grad(Vavg) = ds @ av'
steps T = 4
size n = 2, m = 3, k = 2
seed 62
input x[t] : n x 1
given y : k x 1 ~ onehot
param U : m x n
param W : m x m
param Vmax, Vavg : k x m
start h[0] : m x 1
h[t] = tanh(U @ x[t] + W @ h[t-1])
mx = max(j, 1..T, h[j])
av = sum(t, h[t]) / T
s = Vmax @ mx + Vavg @ av
loss cross_entropy(s, y)
let ds = softmax(s) - y
let dmx = Vmax' @ ds / T
let dav = Vavg' @ ds
claim "bad 1": grad(mx) = dmx
claim "bad 2": grad(h[t]) = (h[t] >= mx) * grad(mx) + dav + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
claim "bad 3": grad(h[t]) = grad(mx) + dav / T + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
claim "bad 4": grad(Vmax) = ds @ h[T]'
claim "bad 5": grad(Vavg) = ds @ sum(t, h[t])'
