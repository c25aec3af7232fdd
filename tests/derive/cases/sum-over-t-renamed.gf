# sum(t, e) under another sum, with t itself free in the gradient.
steps T = 2
param B : 1 x 1
p[t] = B
given x[t] : 1 x 1
dz = sum(j, 1..T, p[j] * sum(t, x[T+1-j]))
loss dz
