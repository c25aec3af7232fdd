# 8. Three sentences of 4, 3 and 2 words make one batch; M is 0 where there is no word left, where the state stays as it is
# and no loss is counted. Two lines are wrong.

title "8. Sentences of unequal length"

steps T = 4
size  n = 2, m = 3, k = 4, B = 3
seed  18

input x[t] : B x n
given y[t] : B x k ~ onehot
given M[t] : B x 1 = {[1; 1; 1], [1; 1; 1], [1; 1; 0], [1; 0; 0]}
given v : B x m
param W : n x m
param R : m x m
param V : m x k
start h[0] : B x m ~ uniform(-1, 1)

s[t] = tanh(x[t] @ W + h[t-1] @ R)
h[t] = M[t] * s[t] + (1 - M[t]) * h[t-1]
z[t] = h[t] @ V
L[t] = -sum(M[t] * y[t] * log_softmax(z[t])) / B
loss sum(t, L[t]) + mse(h[T], v)

let dz[t] = (softmax(z[t]) - y[t]) / B
let da[t] = M[t] * dh[t] * (1 - s[t]^2)
let dh[t] = dz[t] @ V' + da[t+1] @ R'
let dh[T] = dz[T] @ V' + 2 * (h[T] - v) / (B * m)

claim "scores": grad(z[t]) = dz[t]
claim "state":  grad(h[t]) = dh[t]
claim "words":  grad(W) = sum(t, x[t]' @ da[t])
claim "output": grad(V) = sum(t, h[t]' @ dz[t])
