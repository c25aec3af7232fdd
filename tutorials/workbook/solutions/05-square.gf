# 5. Two matrices are square here, and so nothing complains when one of them is not transposed on the way back. The weights'
# gradient was tried both ways round until the shapes fitted, which they always do.

title "5. Nothing but square matrices"

steps T = 4
size  m = 3
seed  15

input x[t] : m x 1
given y[t] : m x 1
param W, R, V : m x m
start h[0] : m x 1 ~ uniform(-1, 1)

a[t] = W @ x[t] + R @ h[t-1]
h[t] = tanh(a[t])
p[t] = V @ h[t]
loss sum(t, mse(p[t], y[t]))

let dp[t] = 2 * (p[t] - y[t]) / m
let dh[t] = V' @ dp[t] + R' @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)

claim "state":   grad(h[t]) = dh[t]
claim "weights": grad(R) = sum(t, da[t] @ h[t-1]')
claim "inputs":  grad(W) = sum(t, da[t] @ x[t]')
claim "outputs": grad(V) = sum(t, dp[t] @ h[t]')
