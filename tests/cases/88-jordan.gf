# A Jordan net: what is fed back is the output. The way through it is missing, or it goes through the output matrix; and the weight's gradient takes the
# target, as if it were taught.
#! "bad V" : let dy[t] = 2 / k * (y[t] - d[t]) + U' @ a[t+1]
#! "bad W" : let dy[t] = 2 / k * (y[t] - d[t]) + U' @ a[t+1]
#! "bad U" : let dy[t] = 2 / k * (y[t] - d[t]) + U' @ a[t+1]
#! "bad U" : claim grad(U) = sum(t, a[t] @ y[t-1]')
steps T = 4
size n = 2, m = 5, k = 3
seed 113
input x[t] : n x 1
given d[t] : k x 1 ~ uniform(0, 1)
start d[0] : k x 1 = 0.5
param W : m x n
param U : m x k
param V : k x m
start y[0] : k x 1 = 0.2
h[t] = sigmoid(W @ x[t] + U @ y[t-1])
y[t] = sigmoid(V @ h[t])
loss sum(t, mse(y[t], d[t]))
let dy[t] = 2 / k * (y[t] - d[t])
let q[t] = dy[t] * y[t] * (1 - y[t])
let a[t] = (V' @ q[t]) * h[t] * (1 - h[t])
claim "ok last": grad(y[T]) = 2 / k * (y[T] - d[T])
claim "bad V": grad(V) = sum(t, q[t] @ h[t]')
claim "bad W": grad(W) = sum(t, a[t] @ x[t]')
claim "bad U": grad(U) = sum(t, a[t] @ d[t-1]')
