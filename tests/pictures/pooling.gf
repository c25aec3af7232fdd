title "Attention over the states of an RNN"
steps T = 5
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y : 1 x k ~ onehot
param U : n x m
param W : m x m
param b : 1 x m
param q : m x 1
param V : m x k
param d : 1 x k
start h[0] : 1 x m = 0
h[t] = tanh(x[t] @ U + h[t-1] @ W + b)
e[t] = exp(h[t] @ q)
Z = sum(t, e[t])
C = sum(t, e[t] * h[t]) / Z
z = C @ V + d
loss cross_entropy(z, y)
