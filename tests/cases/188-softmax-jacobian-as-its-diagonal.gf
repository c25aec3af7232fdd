# Softmax's Jacobian taken for its diagonal: as a matrix, as a column, and as the probabilities alone.
#! "bad J" : let J[t] = diag(p[t]) - p[t] @ p[t]'
#! "bad column" : let D[t] = diag(p[t]) - p[t] @ p[t]'
#! "bad p" : let P[t] = diag(p[t]) - p[t] @ p[t]'
steps T = 4
size n = 2, m = 4, k = 3
seed 17
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))
let p[t] = softmax(z[t])
let J[t] = diag(p[t] * (1 - p[t]))
let D[t] = p[t] * (1 - p[t])
let P[t] = diag(p[t])
claim "bad J": jacobian(softmax(z[t]), z[t]) = J[t]
claim "bad column": jacobian(softmax(z[t]), z[t]) = D[t]
claim "bad p": jacobian(softmax(z[t]), z[t]) = P[t]
