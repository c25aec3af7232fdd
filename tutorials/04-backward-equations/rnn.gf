# A recurrent network, forward; its pre-activation has no name.

title "RNN"

steps T = 4
size  m = 2, n = 4, k = 5            # inputs, hidden units, classes

input x[t] : m x 1
given y[t] : k x 1 ~ onehot
param W : n x n
param U : n x m
param b : n x 1
param V : k x n
param c : k x 1
start h[0] : n x 1 = 0

h[t] = tanh(W @ h[t-1] + U @ x[t] + b)
o[t] = V @ h[t] + c
L[t] = cross_entropy(o[t], y[t])

loss sum(t, L[t])
