# A connection that skips two steps: forgotten once, and with the wrong matrix's transpose.
#! "bad 1 A" : let w1[t] = 2 * (h[t] - y[t]) + R' @ w2[t+1] + S' @ w2[t+2]
#! "bad 1 A" : let w2[t] = w1[t] * (1 - h[t]^2)
#! "bad 2 R" : let w1[t] = 2 * (h[t] - y[t]) + R' @ w2[t+1] + S' @ w2[t+2]
#! "bad 2 R" : let w2[t] = w1[t] * (1 - h[t]^2)
#! "bad 3 S" : let w1[t] = 2 * (h[t] - y[t]) + R' @ w2[t+1] + S' @ w2[t+2]
#! "bad 3 S" : let w2[t] = w1[t] * (1 - h[t]^2)
steps T = 6
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param A : m x n
param R, S : m x m
start h[0] : m x 1 ~ normal(0, 1)
start h[-1] : m x 1 ~ normal(0, 1)
a[t] = A @ x[t] + R @ h[t-1] + S @ h[t-2]
h[t] = tanh(a[t])
loss sum(t, sum((h[t] - y[t])^2))
let w1[t] = 2 * (h[t] - y[t]) + R' @ w2[t+1] + S' @ w2[t+1]
let w2[t] = w1[t] * (1 - a[t]^2)
claim "bad 1 A": grad(A) = sum(t, w2[t] @ x[t]')
claim "bad 2 R": grad(R) = sum(t, w2[t] @ h[t-1]')
claim "bad 3 S": grad(S) = sum(t, w2[t] @ h[t-2]')
