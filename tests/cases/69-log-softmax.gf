# log softmax and the negative log likelihood: the sum over the row of the incoming gradient forgotten, softmax for its sum.
#! "bad V" : let dz[t] = dl[t] - softmax(z[t]) * rowsum(dl[t])
#! "bad W" : let dz[t] = dl[t] - softmax(z[t]) * rowsum(dl[t])
#! "bad whole" : claim grad(z[t]) = dl[t] - softmax(z[t]) * rowsum(dl[t])
#! "bad mean" : claim grad(z[t]) = (softmax(z[t]) - y[t]) / B
steps T = 3
size B = 4, n = 3, m = 5, k = 2
input x[t] : B x n
given y[t] : B x k ~ onehot
param W : n x m
param V : m x k
h[t] = relu(x[t] @ W)
z[t] = h[t] @ V
l[t] = log_softmax(z[t])
loss -sum(t, sum(y[t] * l[t])) / B
let dl[t] = -y[t] / B
let dz[t] = dl[t] - softmax(z[t]) * dl[t]
let dh[t] = dz[t] @ V'
claim "bad V": grad(V) = sum(t, h[t]' @ dz[t])
claim "bad W": grad(W) = sum(t, x[t]' @ (dh[t] * (h[t] > 0)))
claim "bad whole": grad(z[t]) = dl[t] - softmax(z[t]) * sum(dl[t])
claim "bad mean": grad(z[t]) = (softmax(z[t]) - y[t]) * B
