# Two sums, one in the other, whose indices must not become one.
steps T = 3
size n = 2
input mask[t] : n x 1
param E : 1 x n
start d[T+1] : 1 x 1 = 1
d[t] = sum(j, 1..T, d[t+1] / (1 + sum(i, 1..t-1, exp(E @ mask[i]))))
loss d[1]
