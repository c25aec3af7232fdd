title "Half a derivation"

steps T = 4
size  n = 2, m = 3

input x[t] : 1 x n
given y[t] : 1 x m
param W : n x m
param U : m x m
start h[0] : 1 x m ~ uniform(-1, 1)
start c[0] : 1 x m ~ uniform(-1, 1)

f[t] = sigmoid(x[t] @ W + h[t-1] @ U)
c[t] = f[t] * c[t-1] + (1 - f[t]) * tanh(x[t] @ W)
h[t] = tanh(c[t])
loss sum(t, mse(h[t], y[t]))

let df[t] = dc[t] * (c[t-1] - tanh(x[t] @ W))
let dz[t] = df[t] * f[t] * (1 - f[t])
let dh[t] = 2 * (h[t] - y[t]) / m + ?
let dc[t] = ?

claim "cell":  grad(c[t]) = dc[t]
claim "gate":  grad(f[t]) = df[t]
claim "state": grad(U) = ?
