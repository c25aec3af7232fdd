title "Echo"
steps T = 24
size  N = 20, m = 4              # sequences side by side, a row each; hidden units
size  D = 3, K = 4               # the echo's delay; the window
seed  1

given x[t] : N x 1
start x[0] : N x 1               # nothing was said before the first step
start x[-1] : N x 1
start x[-2] : N x 1
param U : 1 x m
param W : m x m ~ normal(0, 0.1)
param V : m x 1
start h[0] : N x m

h[t] = tanh(x[t] @ U + h[t-1] @ W)
L[t] = mse(h[t] @ V, x[t-D])
loss sum(t, L[t]) / T

let silence = sum(t, mean(x[t-D]^2)) / T

let keep[t] = prod(j, 1..T/K, ((t - j*K)^2 > 0))
let dh[t] = 2 / (N * T) * (h[t] @ V - x[t-D]) @ V' + keep[t] * (da[t+1] @ W')
let da[t] = dh[t] * (1 - h[t]^2)
let dW = sum(t, h[t-1]' @ da[t])
claim "state": grad(h[t]) = dh[t]
claim "weights": grad(W) = dW

let lost = norm(grad(W) - dW) / norm(grad(W))

let heard = [U @ V, U @ W @ V, U @ W @ W @ V, U @ W @ W @ W @ V, U @ W @ W @ W @ W @ V]
