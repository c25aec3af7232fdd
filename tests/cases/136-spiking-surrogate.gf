# Leaky integrate and fire with a smooth spike and a reset that is subtracted: the reset's path forgotten, or its slope.
#! "bad 1 v" : let ds[t] = V' @ dz[t] - dv[t+1]
#! "bad 1 v" : let dv[t] = 4 * ds[t] * s[t] * (1 - s[t]) + 0.8 * dv[t+1]
#! "bad 2 W" : let ds[t] = V' @ dz[t] - dv[t+1]
#! "bad 2 W" : let dv[t] = 4 * ds[t] * s[t] * (1 - s[t]) + 0.8 * dv[t+1]
#! "bad 3 jac" : claim jacobian(v[t], v[t-1]) = 0.8 * eye(m) - 4 * diag(s[t-1] * (1 - s[t-1])) for t = 2..T
#! "bad 4 held" : claim jacobian(v[t], v[t-1]) = 0.8 * eye(m) - 4 * diag(s[t-1] * (1 - s[t-1])) for t = 2..T
#! "bad 5 s" : claim grad(s[t]) = V' @ dz[t] - grad(v[t+1])
steps T = 5
size n = 2, m = 3, k = 2
seed 30
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : m x n
param V : k x m
start v[0] : m x 1 ~ normal(0, 1)
start s[0] : m x 1
v[t] = 0.8 * v[t-1] + W @ x[t] - s[t-1]
s[t] = sigmoid(4 * (v[t] - 1))
loss sum(t, cross_entropy(V @ s[t], y[t]))
let dz[t] = softmax(V @ s[t]) - y[t]
let ds[t] = V' @ dz[t]
let dv[t] = ds[t] * s[t] * (1 - s[t]) + 0.8 * dv[t+1]
claim "bad 1 v": grad(v[t]) = dv[t]
claim "bad 2 W": grad(W) = sum(t, dv[t] @ x[t]')
claim "bad 3 jac": jacobian(v[t], v[t-1]) = 0.8 * eye(m) + 4 * diag(s[t-1] * (1 - s[t-1])) for t = 2..T
claim "bad 4 held": jacobian(v[t], v[t-1]) = 0.8 * eye(m) for t = 2..T
claim "bad 5 s": grad(s[t]) = V' @ dz[t] + grad(v[t+1])
