# Binary cross entropy at the last step: the sigmoid's derivative put in twice, the sign of the second term, 1/p alone.
#! "bad w" : let dz = p - y
#! "bad b" : let dz = p - y
#! "bad U" : let dz = p - y
#! "bad p" : claim grad(p) = -(y / p) + (1 - y) / (1 - p)
#! vary : given y : 1 x 1 = 0.3
steps T = 5
size n = 3, m = 4
input x[t] : n x 1
given y : 1 x 1 = 0.8
param W : m x n
param U : m x m
param w : 1 x m
param b : 1 x 1
start h[0] : m x 1
h[t] = tanh(W @ x[t] + U @ h[t-1])
z = w @ h[T] + b
p = sigmoid(z)
loss -(y * log(p) + (1 - y) * log(1 - p))
let dz = (p - y) * p * (1 - p)
let dh[T] = w' @ dz
let dh[t] = U' @ (dh[t+1] * (1 - h[t+1]^2))
claim "bad w": grad(w) = dz @ h[T]'
claim "bad b": grad(b) = dz
claim "bad U": grad(U) = sum(t, (dh[t] * (1 - h[t]^2)) @ h[t-1]')
claim "bad p": grad(p) = -(y / p) - (1 - y) / (1 - p)
