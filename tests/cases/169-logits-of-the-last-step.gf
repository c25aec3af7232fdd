# A classifier reads the last step alone; the notebook's loop takes softmax minus target at every one.
#! "bad V" : let dz[T] = softmax(z[T]) - y
#! "bad V" : let dz[t] = zeros(k, 1)
#! "bad W" : let dz[T] = softmax(z[T]) - y
#! "bad W" : let dz[t] = zeros(k, 1)
steps T = 5
size  n = 3, m = 4, k = 2
seed  3
input x[t] : n x 1
given y : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
z[t] = V @ h[t]
loss cross_entropy(z[T], y)

let dz[t] = softmax(z[t]) - y
let dh[t] = V' @ dz[t] + W' @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
claim "bad V": grad(V) = sum(t, dz[t] @ h[t]')
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]')
