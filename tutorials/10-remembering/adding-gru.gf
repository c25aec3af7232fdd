# The same with a GRU, whose update gate begins at sigmoid(bias).
title "The adding problem: a GRU"
steps T = 50
size m = 24, B = 32, bias = 1

given v : T x B ~ uniform(0, 1)
given first  : B x T/2 ~ onehot
given second : B x T-T/2 ~ onehot
mark = [first, second]'
y = colsum(mark * v)
x[t] = [rows(v, t, t); rows(mark, t, t)]

param W : 3*m x 2 ~ xavier
param U : 3*m x m ~ xavier
param bu : m x 1 = bias
param br, bn : m x 1 = 0
start h[0] : m x B = 0

a[t] = W @ x[t]
s[t] = U @ h[t-1]
u[t] = sigmoid(rows(a[t], 1, m) + rows(s[t], 1, m) + bu)
r[t] = sigmoid(rows(a[t], m+1, 2*m) + rows(s[t], m+1, 2*m) + br)
n[t] = tanh(rows(a[t], 2*m+1, 3*m) + r[t] * rows(s[t], 2*m+1, 3*m) + bn)
h[t] = u[t] * h[t-1] + (1 - u[t]) * n[t]

param V : 1 x m ~ xavier
param d : 1 x 1 = 0
guess = V @ h[T] + d
loss mse(guess, y)

claim "adds": mse(guess, y) <= 0.01
