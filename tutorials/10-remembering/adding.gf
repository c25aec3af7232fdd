# The adding problem (Hochreiter and Schmidhuber, 1997): T numbers, two of them marked; how much are these two together?
title "The adding problem"
steps T = 50
size m = 24, B = 32, bias = 1

given v : T x B ~ uniform(0, 1)         # an example a column
given first  : B x T/2 ~ onehot         # one mark in the first half,
given second : B x T-T/2 ~ onehot       # one in the second
mark = [first, second]'
y = colsum(mark * v)                    # the answer
x[t] = [rows(v, t, t); rows(mark, t, t)]

param W : 4*m x 2 ~ xavier
param U : 4*m x m ~ xavier
param bf : m x 1 = bias
param bi, bo, bg : m x 1 = 0
start h[0] : m x B = 0
start c[0] : m x B = 0

a[t] = W @ x[t] + U @ h[t-1]
f[t] = sigmoid(rows(a[t], 1, m) + bf)
i[t] = sigmoid(rows(a[t], m+1, 2*m) + bi)
o[t] = sigmoid(rows(a[t], 2*m+1, 3*m) + bo)
g[t] = tanh(rows(a[t], 3*m+1, 4*m) + bg)
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])

param V : 1 x m ~ xavier
param d : 1 x 1 = 0
guess = V @ h[T] + d
loss mse(guess, y)

let always_one = mse(ones(1, B), y)     # who knows nothing says 1, and is off by 1/6
claim "adds": mse(guess, y) <= 0.01
