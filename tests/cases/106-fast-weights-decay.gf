# Fast weights: a matrix memory, written by an outer product, read by a query.
#! "bad 1" : let dA[t] = 0.9 * dA[t+1] + do[t] @ r[t]'
#! "bad 2" : claim grad(v[t]) = grad(A[t]) @ k[t]
#! "bad 3" : claim grad(k[t]) = grad(A[t])' @ v[t]
#! "bad 4" : claim grad(A[t]) = sum(s, t..T, 0.9^(s-t) * do[s] @ r[s]')
#! "bad 5" : claim grad(Q) = sum(t, (A[t]' @ do[t]) @ x[t]')
#! "bad 6" : claim grad(x[t]) = K' @ grad(k[t]) + V' @ grad(v[t]) + Q' @ grad(r[t])
#! "bad 6" hint : x\[t\] -> k\[t\]
steps T = 4
size n = 3, d = 4, q = 2
seed 61
input x[t] : n x 1
given y[t] : d x 1
param K, Q : q x n
param V : d x n
start A[0] : d x q ~ normal(0, 1)
k[t] = K @ x[t]
v[t] = V @ x[t]
r[t] = Q @ x[t]
A[t] = 0.9 * A[t-1] + v[t] @ k[t]'
o[t] = A[t] @ r[t]
loss sum(t, mse(o[t], y[t]))
let do[t] = 2 * (o[t] - y[t]) / d
let dA[t] = 0.9 * dA[t+1] + r[t] @ do[t]'
claim "bad 1": grad(A[t]) = dA[t]
claim "bad 2": grad(v[t]) = grad(A[t])' @ k[t]
claim "bad 3": grad(k[t]) = grad(A[t])' @ k[t]
claim "bad 4": grad(A[t]) = sum(s, t..T, 0.9^s * do[s] @ r[s]')
claim "bad 5": grad(Q) = sum(t, (A[t-1]' @ do[t]) @ x[t]')
claim "bad 6": grad(x[t]) = V' @ grad(v[t]) + Q' @ grad(r[t])
