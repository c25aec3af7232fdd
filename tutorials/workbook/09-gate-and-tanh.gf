# 9. A sigmoid and a tanh, each with weights of its own, and their product is the state. Two lines are wrong.
# tanh'(v) is the derivative of tanh at v.

title "9. A gate before a tanh"

steps T = 4
size  n = 3, m = 4
seed  19

input x[t] : 1 x n
given y[t] : 1 x m
param W, G : n x m
param R, H : m x m
start h[0] : 1 x m ~ uniform(-1, 1)

a[t] = x[t] @ W + h[t-1] @ R
b[t] = x[t] @ G + h[t-1] @ H
u[t] = sigmoid(b[t])
h[t] = u[t] * tanh(a[t])
loss sum(t, sum((h[t] - y[t])^2))

let dh[t] = 2 * (h[t] - y[t]) + da[t+1] @ R' + db[t+1] @ H'
let da[t] = dh[t] * u[t] * tanh'(h[t])
let db[t] = dh[t] * tanh(a[t]) * sigmoid'(u[t])

claim "content": grad(a[t]) = da[t]
claim "gate":    grad(b[t]) = db[t]
claim "state":   grad(h[t]) = dh[t]
claim "weights": grad(R) = sum(t, h[t-1]' @ da[t])
