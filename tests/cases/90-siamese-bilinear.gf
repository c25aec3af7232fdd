# Two sequences, one encoder, a bilinear score of the last states. M turned on the way to one side; the outer product turned; the shared weights counted
# for one side only.
#! "bad 1 side" : claim grad(r[T]) = dq * (M' @ h[T])
#! "bad 2 outer" : claim grad(M) = dq * (h[T] @ r[T]')
#! "bad 3 one encoder" : claim grad(W) = sum(t, ah[t] @ h[t-1]' + ar[t] @ r[t-1]')
#! "bad 4 label" : let dq4 = sigmoid(q) - y
steps T = 3
size n = 2, m = 4
seed 163
input a[t], b[t] : n x 1
given y : 1 x 1 ~ bernoulli(0.5)
param U : m x n
param W : m x m
param M : m x m
start h[0], r[0] : m x 1 = 0
h[t] = tanh(U @ a[t] + W @ h[t-1])
r[t] = tanh(U @ b[t] + W @ r[t-1])
q = h[T]' @ M @ r[T]
loss softplus(q) - y * q
let dq = sigmoid(q) - y
let ah[t] = grad(h[t]) * (1 - h[t]^2)
let ar[t] = grad(r[t]) * (1 - r[t]^2)
claim "ok U": grad(U) = sum(t, ah[t] @ a[t]') + sum(t, ar[t] @ b[t]')
claim "ok h": grad(h[T]) = dq * (M @ r[T])
claim "bad 1 side": grad(r[T]) = dq * (M @ h[T])
claim "bad 2 outer": grad(M) = dq * (r[T] @ h[T]')
claim "bad 3 one encoder": grad(W) = sum(t, ah[t] @ h[t-1]')
let dq4 = y - sigmoid(q)
claim "bad 4 label": grad(h[T]) = dq4 * (M @ r[T])
