# A start that nothing reads.
steps T = 2
param V : 2 x 1
param E : 1 x 1
param W : 2 x 1
q[t] = W
g[t] = stop(q[1])
start q[T+1] = V
loss E + sum(g[T])
