# 4. A network for batches, an example a row, with biases that are a row each. Two lines are wrong.
# Their shapes would tell, if the language did not repeat what is too short.

title "4. A batch, an example a row"

steps T = 3
size  n = 2, m = 4, k = 3, B = 5   # inputs, hidden units, classes, examples
seed  14

input x[t] : B x n
given y[t] : B x k ~ onehot
param W : n x m
param R : m x m
param V : m x k
param b : 1 x m
param d : 1 x k
start h[0] : B x m ~ uniform(-1, 1)

a[t] = x[t] @ W + h[t-1] @ R + b
h[t] = tanh(a[t])
z[t] = h[t] @ V + d
loss sum(t, cross_entropy(z[t], y[t])) / B

let dz[t] = (softmax(z[t]) - y[t]) / B
let da[t] = (dz[t] @ V' + da[t+1] @ R') * (1 - h[t]^2)

claim "hidden":      grad(a[t]) = da[t]
claim "output bias": grad(d) = sum(t, dz[t])
claim "hidden bias": grad(b) = sum(t, rowsum(da[t]))
claim "inputs":      grad(W) = sum(t, x[t]' @ da[t])
