# Claims that cannot be judged, beside one that can.

steps T = 3
size  m = 3
input v[t] : m x 1
param W : m x m
start h[0] : m x 1

h[t] = tanh(W @ h[t-1] + v[t])

loss sum(t, sum(h[t]))

let dh[t] = ones(m, 1) + W' @ ((1 - h[t+1]^2) * dh[t+1])
let dv[t] = dh[t] @ (1 - h[t]^2)

claim "right":      grad(h[t]) = dh[t]
claim "misspelt":   grad(h[t]) = hd[t]
claim "in a let":   grad(v[t]) = dv[t]
claim "wide":       grad(W) = sum(t, dh[t])
claim "no numbers": log(0 * h[t]) = 0
