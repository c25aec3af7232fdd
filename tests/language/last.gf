title "The last state counts twice"

steps T = 4
size  n = 2, m = 3, k = 2

input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x m
param W : m x n
param V : k x m
start h[0] : m x 1 ~ uniform(-1, 1)

h[t] = tanh(U @ h[t-1] + W @ x[t])
z[t] = V @ h[t]
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t]) + 0.01 * sum(h[T]^2)

let e[t]  = 0.5 * (softmax(z[t]) - y[t])
let eh[t] = 2 * V' @ e[t] + U' @ ea[t+1]
let ea[t] = eh[t] * (1 - h[t]^2)

claim "output weights": grad(V) = 2 * sum(t, e[t] @ h[t]')
claim "state weights":  grad(U) = sum(t, ea[t] @ h[t-1]')
claim "input weights":  grad(W) = sum(t, ea[t] @ x[t]')
