# Three steps of a recurrent network, forward.

steps T = 3
size  m = 2, n = 4, k = 5            # inputs, hidden units, classes

input x[t] : m x 1
given y[t] : k x 1 ~ onehot
param U : n x m
param W : n x n
param b : n x 1
param V : k x n
param c : k x 1
start h[0] : n x 1 ~ uniform(-1, 1)

a[t] = W @ h[t-1] + U @ x[t] + b
h[t] = tanh(a[t])
o[t] = V @ h[t] + c
L[t] = cross_entropy(o[t], y[t])

loss sum(t, L[t])

given G : n x n = csv("dW.csv")
given D[t] : n x 1 = csv("dh.csv")

claim "my dW": grad(W) = G
claim "my dh": grad(h[t]) = D[t]
