# The adding problem with a residual RNN.
title "The adding problem: a residual RNN"
steps T = 50
size m = 24, B = 32

given v : T x B ~ uniform(0, 1)
given first  : B x T/2 ~ onehot
given second : B x T-T/2 ~ onehot
mark = [first, second]'
y = colsum(mark * v)
x[t] = [rows(v, t, t); rows(mark, t, t)]

param W : m x 2 ~ xavier
param U : m x m ~ xavier
param b : m x 1 = 0
start h[0] : m x B = 0

h[t] = h[t-1] + tanh(W @ x[t] + U @ h[t-1] + b)

param V : 1 x m ~ xavier
param d : 1 x 1 = 0
guess = V @ h[T] + d
loss mse(guess, y)

claim "adds": mse(guess, y) <= 0.01
