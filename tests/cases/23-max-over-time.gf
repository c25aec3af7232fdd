# Maximum over time: its gradient goes to the place of the maximum only. There is no maximum in equations: the way round is a running maximum,
# M[t] = M[t-1] + relu(h[t] - M[t-1]), which rounds: "ok 0" misses by 5e-17 and holds, as equal up to rounding.
#! "bad 1 to every step" : let ea[t] = (dM[t] * relu'(h[t] - M[t-1]) + W' @ ea[t+1]) * (1 - h[t]^2)
#! "bad 2 shared" : claim grad(h[t]) = dM[t] * relu'(h[t] - M[t-1]) + W' @ da[t+1]
steps T = 4
size  n = 3, m = 4, k = 2
input x[t] : n x 1
input y : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
start M[0] : m x 1 = -2
h[t] = tanh(U @ x[t] + W @ h[t-1])
M[t] = M[t-1] + relu(h[t] - M[t-1])
z = V @ M[T]
loss cross_entropy(z, y)
let dM[t] = dM[t+1] * (1 - relu'(h[t+1] - M[t]))
let dM[T] = V' @ (softmax(z) - y)
let da[t] = (dM[t] * relu'(h[t] - M[t-1]) + W' @ da[t+1]) * (1 - h[t]^2)
claim "ok": grad(M[t]) = dM[t]
claim "ok W": grad(W) = sum(t, da[t] @ h[t-1]')
claim "ok 0 largest, up to rounding": M[T] >= h[t]
claim "ok largest": M[T] >= h[t] within 1e-12
let ea[t] = (dM[T] + W' @ ea[t+1]) * (1 - h[t]^2)
claim "bad 1 to every step": grad(W) = sum(t, ea[t] @ h[t-1]')
claim "bad 2 shared": grad(h[t]) = dM[T] / T + W' @ da[t+1]
