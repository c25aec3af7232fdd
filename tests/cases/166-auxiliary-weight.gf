# A sequence classifier with auxiliary regression at the steps before the last, weighted by lam. The weight stands in the loss printed and is forgotten in the backward pass.
#! "bad aux" : let du[t] = lam * 2 * (u[t] - r[t]) / p / (T - 1)
#! "bad A" : let du[t] = lam * 2 * (u[t] - r[t]) / p / (T - 1)
#! "bad U" : let du[t] = lam * 2 * (u[t] - r[t]) / p / (T - 1)
steps T = 5
size  n = 3, m = 5, p = 2, k = 4
seed  11
input x[t] : n x 1
given y : k x 1 ~ onehot
given r[t] : p x 1
given lam : 1 x 1 = 0.3
param U : m x n
param W : m x m
param A : p x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
u[t] = A @ h[t]
z = V @ h[T]
loss cross_entropy(z, y) + lam * sum(j, 1..T-1, mse(u[j], r[j])) / (T - 1)

let du[t] = 2 * (u[t] - r[t]) / p / (T - 1)
let dh[T] = V' @ (softmax(z) - y)
let dh[t] = A' @ du[t] + W' @ (dh[t+1] * (1 - h[t+1]^2))
claim "ok V": grad(V) = (softmax(z) - y) @ h[T]'
claim "ok last state": grad(h[T]) = dh[T]
claim "bad aux": grad(u[t]) = du[t] for t = 1..T-1
claim "bad A": grad(A) = sum(j, 1..T-1, du[j] @ h[j]')
claim "bad U": grad(U) = sum(t, (dh[t] * (1 - h[t]^2)) @ x[t]')
