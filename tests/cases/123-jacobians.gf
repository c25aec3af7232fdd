# Products of Jacobians and their bounds.
#! "bad 1" : claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ W
#! "bad 2" : claim jacobian(a[t], a[t-1]) = W @ diag(1 - h[t-1]^2) for t = 2..T
#! "bad 3" : claim jacobian(h[t], a[t]) = diag(1 - h[t]^2)
#! "bad 4" : claim jacobian(h[T], h[j]) = prod(i, T downto j+1, diag(1 - h[i]^2) @ W) for j = 1..T-1
#! "bad 5" : claim norm2(jacobian(h[t], h[t-1])) <= norm2(W)
#! "bad 6" : claim grad(h[j]) = jacobian(h[T], h[j])' @ ones(m, 1) for j = 1..T-1
#! "bad 7" : none
#! "bad 8" : claim jacobian(h[T], x[j]) = jacobian(h[T], h[j]) @ diag(1 - h[j]^2) @ U for j = 1..T-1
steps T = 5
size n = 2, m = 3
seed 42
input x[t] : n x 1
param U : m x n
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = tanh(a[t])
loss sum(h[T])
claim "bad 1": jacobian(h[t], h[t-1]) = W' @ diag(1 - h[t]^2)
claim "bad 2": jacobian(a[t], a[t-1]) = W @ diag(1 - h[t]^2) for t = 2..T
claim "bad 3": jacobian(h[t], a[t]) = diag(1 - a[t]^2)
claim "bad 4": jacobian(h[T], h[j]) = prod(i, T downto j, diag(1 - h[i]^2) @ W) for j = 1..T-1
claim "bad 5": norm2(jacobian(h[t], h[t-1])) >= norm2(W)
claim "bad 6": grad(h[j]) = jacobian(h[T], h[j]) @ ones(m, 1) for j = 1..T-1
claim "bad 7": tanh'(a[t]) <= 0.25
claim "bad 8": jacobian(h[T], x[j]) = jacobian(h[T], h[j]) @ U for j = 1..T-1
