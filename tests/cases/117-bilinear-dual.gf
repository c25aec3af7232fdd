# A second-order net: the recursion's matrix depends on the input through a bilinear form; and two losses.
#! "bad 1" : claim grad(h[t]) = W' @ da[t+1] + A' @ (p[t+1] * da[t+1]) + B' @ (q[t+1] * da[t+1]) for t = 1..T-1
#! "bad 2" : claim grad(A) = sum(t, (p[t] * da[t]) @ h[t-1]')
#! "bad 3" : claim grad(p[t]) = da[t] * (A @ h[t-1]) + 0.3 * q[t]
#! "bad 4" : claim grad(q[t]) = da[t] * (B @ h[t-1]) + 0.3 * p[t]
#! "bad 5" : claim grad(P) = sum(t, grad(p[t]) @ x[t]')
#! "bad 6" : claim jacobian(a[t], h[t-1]) = W + diag(p[t]) @ A + diag(q[t]) @ B
#! "bad 7" : claim grad(x[t]) = P' @ grad(p[t]) + Q' @ grad(q[t])
steps T = 4
size n = 2, m = 3
seed 77
input x[t] : n x 1
given y : m x 1
param W, A, B : m x m
param U : m x n
param P, Q : m x n
start h[0] : m x 1 ~ normal(0, 1)
p[t] = P @ x[t]
q[t] = Q @ x[t]
a[t] = W @ h[t-1] + p[t] * (A @ h[t-1]) + q[t] * (B @ h[t-1])
h[t] = tanh(a[t])
loss mse(h[T], y) + 0.3 * sum(t, sum(p[t] * q[t]))
let da[t] = grad(a[t])
claim "bad 1": grad(h[t]) = W' @ da[t+1] + p[t+1] * (A' @ da[t+1]) + q[t+1] * (B' @ da[t+1]) for t = 1..T-1
claim "bad 2": grad(A) = sum(t, (q[t] * da[t]) @ h[t-1]')
claim "bad 3": grad(p[t]) = da[t] * (A @ h[t]) + 0.3 * q[t]
claim "bad 4": grad(q[t]) = da[t] * (B @ h[t-1])
claim "bad 5": grad(P) = sum(t, grad(p[t]) @ x[T]')
claim "bad 6": jacobian(a[t], h[t-1]) = W + diag(p[t] + q[t]) @ (A + B)
claim "bad 7": grad(x[t]) = P' @ grad(p[t]) + Q @ grad(q[t])
