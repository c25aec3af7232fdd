# What states start from: a value of no step, which the loss reads, too; and the last state of another recurrence.
title "Encoder and decoder"
steps T = 5
size  n = 2, m = 3
seed  1

input x[t] : 1 x n
input about : 1 x n
given wanted : 1 x m
param P : n x m
param U : n x m
param W : m x m
param V : m x m
start h[0] = tanh(about @ P)
start e[0] = wanted
start s[0] = h[T]

h[t] = tanh(x[t] @ U + h[t-1] @ W)
e[t] = 0.9 * e[t-1] + h[t]
s[t] = tanh(s[t-1] @ V)

loss sum(t, mse(s[t], wanted)) + sum(e[T])
