steps T = 2
size n = 2
param W : n x n
start h[0] : n x 1
h[t] = W @
g[t] = h[t]
k[t] = (W @ h[t-1]
l[t] = h[t]
loss sum(h[T])
