# Which of k letters stood at the beginning? An LSTM, whose forget gate begins at sigmoid(bias).
title "Recall: an LSTM"
steps T = 20
size k = 4, m = 16, B = 32, bias = 1    # B examples, a column each

given y : B x k ~ onehot                # the letter,
start x[0] = [y'; ones(1, B)]           # shown with a mark,
given noise[t] : k x B ~ normal(0, 1)
x[t] = [noise[t]; zeros(1, B)]          # then what looks like letters, without one

param W : 4*m x k+1 ~ xavier
param U : 4*m x m ~ xavier
param bf : m x 1 = bias
param bi, bo, bg : m x 1 = 0
start h[0] : m x B = 0
start c[0] : m x B = 0

a[t] = W @ x[t-1] + U @ h[t-1]
f[t] = sigmoid(rows(a[t], 1, m) + bf)
i[t] = sigmoid(rows(a[t], m+1, 2*m) + bi)
o[t] = sigmoid(rows(a[t], 2*m+1, 3*m) + bo)
g[t] = tanh(rows(a[t], 3*m+1, 4*m) + bg)
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])

param V : k x m ~ xavier
param d : k x 1 = 0
z = V @ h[T] + d
loss cross_entropy(z', y) / B

let accuracy = mean(colsum(z * y') >= max(j, 1..k, rows(z, j, j)))
claim "remembers": accuracy >= 0.95
