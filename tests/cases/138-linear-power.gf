# A linear net: powers of W by products, with the wrong number of factors; sums over the past.
#! "bad 1 back" : claim grad(h[t]) = prod(i, 1..T-t, W') @ (h[T] - y)
#! "bad 2 turned" : claim grad(h[t]) = prod(i, 1..T-t, W') @ (h[T] - y)
#! "bad 3 jac" : claim jacobian(h[T], h[j]) = prod(i, 1..T-j, W) for j = 1..T-1
#! "bad 4 sum" : claim grad(U) = sum(j, 1..T, prod(i, 1..T-j, W') @ (h[T] - y) @ x[j]')
#! "bad 5 last" : claim grad(W) = sum(j, 1..T, prod(i, 1..T-j, W') @ (h[T] - y) @ h[j-1]')
#! "bad 6 start" : claim h[T] = sum(j, 1..T, prod(i, 1..T-j, W) @ U @ x[j]) + prod(i, 1..T, W) @ h[0]
steps T = 5
size n = 2, m = 3
seed 43
input x[t] : n x 1
given y : m x 1
param U : m x n
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = W @ h[t-1] + U @ x[t]
loss sum((h[T] - y)^2) / 2
claim "bad 1 back": grad(h[t]) = prod(i, 1..t, W') @ (h[T] - y)
claim "bad 2 turned": grad(h[t]) = prod(i, 1..T-t, W) @ (h[T] - y)
claim "bad 3 jac": jacobian(h[T], h[j]) = prod(i, 1..j, W) for j = 1..T-1
claim "bad 4 sum": grad(U) = sum(j, 1..T, prod(i, 1..T-j+1, W') @ (h[T] - y) @ x[j]')
claim "bad 5 last": grad(W) = (h[T] - y) @ h[T-1]'
claim "bad 6 start": h[T] = sum(j, 1..T, prod(i, 1..T-j, W) @ U @ x[j])
