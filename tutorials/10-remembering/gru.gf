# The same with a GRU, whose update gate begins at sigmoid(bias): so much of the state stays.
title "Recall: a GRU"
steps T = 20
size k = 4, m = 16, B = 32, bias = 1

given y : B x k ~ onehot
start x[0] = [y'; ones(1, B)]
given noise[t] : k x B ~ normal(0, 1)
x[t] = [noise[t]; zeros(1, B)]

param W : 3*m x k+1 ~ xavier
param U : 3*m x m ~ xavier
param bu : m x 1 = bias
param br, bn : m x 1 = 0
start h[0] : m x B = 0

a[t] = W @ x[t-1]
s[t] = U @ h[t-1]
u[t] = sigmoid(rows(a[t], 1, m) + rows(s[t], 1, m) + bu)
r[t] = sigmoid(rows(a[t], m+1, 2*m) + rows(s[t], m+1, 2*m) + br)
n[t] = tanh(rows(a[t], 2*m+1, 3*m) + r[t] * rows(s[t], 2*m+1, 3*m) + bn)
h[t] = u[t] * h[t-1] + (1 - u[t]) * n[t]

param V : k x m ~ xavier
param d : k x 1 = 0
z = V @ h[T] + d
loss cross_entropy(z', y) / B

let accuracy = mean(colsum(z * y') >= max(j, 1..k, rows(z, j, j)))
claim "remembers": accuracy >= 0.95
