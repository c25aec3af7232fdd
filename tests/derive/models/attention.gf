# Attention, written out at T = 3: at each step a query looks at all the states of a recurrence, h[1], h[2] and h[3].
# Vectors are rows.
title "Attention"

steps T = 3
size  n = 2, m = 4, p = 3, k = 2   # inputs, hidden units, queries, classes
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot

param U  : n x m
param W  : m x m
param b  : 1 x m
param Wq : m x p                   # states to queries
param Wk : m x p                   # states to keys
param V  : m x k                   # contexts to outputs
start h[0] : 1 x m = 0

h[t] = tanh(x[t] @ U + h[t-1] @ W + b)
H    = [h[1]; h[2]; h[3]]
K    = H @ Wk
q[t] = h[t] @ Wq
e[t] = q[t] @ K' / sqrt(p)         # a score for each state
a[t] = softmax(e[t])
c[t] = a[t] @ H                    # the context: states, weighted
z[t] = c[t] @ V
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])
