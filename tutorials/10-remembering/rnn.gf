# The same with an RNN.
title "Recall: an RNN"
steps T = 20
size k = 4, m = 16, B = 32

given y : B x k ~ onehot
start x[0] = [y'; ones(1, B)]
given noise[t] : k x B ~ normal(0, 1)
x[t] = [noise[t]; zeros(1, B)]

param W : m x k+1 ~ xavier
param U : m x m ~ xavier
param b : m x 1 = 0
start h[0] : m x B = 0

h[t] = tanh(W @ x[t-1] + U @ h[t-1] + b)

param V : k x m ~ xavier
param d : k x 1 = 0
z = V @ h[T] + d
loss cross_entropy(z', y) / B

let accuracy = mean(colsum(z * y') >= max(j, 1..k, rows(z, j, j)))
claim "remembers": accuracy >= 0.95
