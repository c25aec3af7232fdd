# A bound on a number that has a line of its own, not met. Nothing is wrong with that line.
#! "bad reached" : none
#! "bad total" : none
steps T = 4
size  n = 3, m = 4, k = 2, B = 5
seed  180
input x[t] : B x n
given y : B x k ~ onehot
param U : n x m
param W : m x m
param V : m x k
start h[0] : B x m ~ normal(0, 1)
h[t] = tanh(x[t] @ U + h[t-1] @ W)
z = h[T] @ V
loss cross_entropy(z, y) / B

let accuracy = mean(rowsum(z * y) >= max(j, 1..k, cols(z, j, j)))
let total = sum(t, norm(h[t]))
claim "bad reached": accuracy >= 1.5
claim "bad total": total <= 0.5
