# 3. The state is a sigmoid, and the outputs are held against numbers. The lets are right, and of the claims two are wrong.
# What does every step add?

title "3. A network of sigmoids"

steps T = 7
size  n = 3, m = 4, k = 2     # inputs, hidden units, outputs
seed  13

input x[t] : n x 1
given y[t] : k x 1
param P : m x n
param R : m x m
param Q : k x m
param b : m x 1
start h[0] : m x 1 ~ uniform(-1, 1)

z[t] = P @ x[t] + R @ h[t-1] + b
h[t] = sigmoid(z[t])
o[t] = Q @ h[t]
loss sum(t, mse(o[t], y[t]))

let do[t] = 2 * (o[t] - y[t]) / k
let dh[t] = Q' @ do[t] + R' @ dz[t+1]
let dz[t] = dh[t] * h[t] * (1 - h[t])

claim "errors": grad(z[t]) = dz[t]
claim "output": grad(Q) = do[T] @ h[T]'
claim "inputs": grad(P) = sum(t, dz[t] @ x[t]')
claim "states": grad(R) = dz[T] @ h[T-1]'
claim "bias":   grad(b) = sum(t, dz[t])
