# The start before step 1 is an equation of the last step, across a cut.
steps T = 3
truncate 2
param W : 2 x 2
input x[t] : 2 x 1
h[t] = tanh(W @ h[t-1])
start h[0] = W @ x[T]
loss sum(h[1])
