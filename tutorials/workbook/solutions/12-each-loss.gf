# 12. Each loss was carried back K steps and no further, and the sum of that was called the gradient. It is one with a
# `truncate` of the kind; the whole gradient goes back to the first step. The bias has its own step alone.

title "12. The loss of each step by itself"

steps T = 6
size  n = 2, m = 4, K = 2
seed  22

input x[t] : 1 x n
given y[t] : 1 x m
param W : n x m
param R : m x m
param b : 1 x m
start h[0] : 1 x m ~ uniform(-1, 1)

h[t] = tanh(x[t] @ W + h[t-1] @ R + b)
L[t] = mse(h[t], y[t])
loss sum(t, L[t])

claim "inputs": grad(W) = sum(t, sum(j, 1..t, grad(W[j], L[t])))
claim "states": grad(R) = sum(t, sum(j, 1..t, grad(R[j], L[t])))
claim "bias":   grad(b) = sum(t, grad(b, L[t]))
