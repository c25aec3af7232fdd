# 7. Units are dropped on the way to the output: D has the masks that were drawn, with the kept ones scaled by 1 / 0.7. Two
# lines are wrong.

title "7. Dropout"

steps T = 3
size  n = 2, m = 5, k = 3
seed  17

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
given D[t] : 1 x m = {[1, 0, 1, 1, 1] / 0.7, [0, 1, 1, 1, 1] / 0.7, [1, 1, 1, 1, 0] / 0.7}
param W : n x m
param R : m x m
param V : m x k
start h[0] : 1 x m ~ uniform(-1, 1)

a[t] = x[t] @ W + h[t-1] @ R
h[t] = relu(a[t])
d[t] = D[t] * h[t]
z[t] = d[t] @ V
loss sum(t, cross_entropy(z[t], y[t]))

let dz[t] = softmax(z[t]) - y[t]
let dd[t] = dz[t] @ V'
let dh[t] = dd[t] + da[t+1] @ R'
let da[t] = dh[t] * relu'(a[t])

claim "dropped": grad(d[t]) = dd[t]
claim "state":   grad(h[t]) = dh[t]
claim "output":  grad(V) = sum(t, (D[t] * d[t])' @ dz[t])
claim "states":  grad(R) = sum(t, h[t-1]' @ da[t])
