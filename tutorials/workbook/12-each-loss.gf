# 12. The gradient of a weight as a sum over the losses, and for each of them over the uses of the weight: grad(R[j], L[t]) is
# what the use at step j receives from the loss of step t. Two claims are wrong.

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
claim "states": grad(R) = sum(t, sum(j, t-K..t, grad(R[j], L[t])))
claim "bias":   grad(b) = sum(t, grad(b[t], L[t]))
