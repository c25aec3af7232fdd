steps T = 2
size n = 2
param W : n x n
start h[0] : n x 1
h[t] = W @
g[t] = h[t]
k[t] = (W @ h[t-1]
l[t] = h[t]
loss sum(h[T])
# error 5:11 expected a value, but the line ends here
# error 7:8 this bracket is not closed
