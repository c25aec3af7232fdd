# Real-time recurrent learning: the sensitivity to W forgets what is carried on, and so does that to b.
#! "bad S" : let S[t] = D[t] @ (kron(eye(m), h[t-1]') + W @ S[t-1])
#! "bad back" : let C[t] = diag(1 - g[t]^2) @ (kron(eye(m), g[t+1]') + Q @ C[t+1])
#! "bad b" : let B[t] = D[t] @ (eye(m) + W @ B[t-1])
steps T = 4
size n = 2, m = 3, k = 2
seed 6
input x[t] : n x 1
given y[t] : k x 1
param W : m x m
param U : m x n
param b : m x 1
param V : k x m
param Q : m x m
start h[0] : m x 1 ~ normal(0, 1)
start g[T+1] : m x 1 ~ normal(0, 1)
h[t] = tanh(W @ h[t-1] + U @ x[t] + b)
g[t] = tanh(Q @ g[t+1] + U @ x[t])
o[t] = V @ (h[t] + g[t])
loss sum(t, 0.5 * sum((y[t] - o[t])^2))
let D[t] = diag(1 - h[t]^2)
let S[t] = D[t] @ kron(eye(m), h[t-1]')
let B[t] = D[t]
let R[t] = D[t] @ (kron(eye(m), x[t]') + W @ R[t-1])
claim "bad S": jacobian(h[t], W) = S[t]
claim "bad b": jacobian(h[t], b) = B[t]
let C[t] = diag(1 - g[t]^2) @ kron(eye(m), g[t+1]')
claim "bad back": jacobian(g[t], Q) = C[t]
claim "ok R": jacobian(h[t], U) = R[t]
