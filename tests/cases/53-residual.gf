# A residual recurrence: the identity forgotten on the way back, and the step size.
#! "bad 1 R" : let qh[t] = 2 * (h[t] - y[t]) + qh[t+1] + R' @ qa[t+1]
#! "bad 1 R" : let qa[t] = 0.3 * qh[t] * (1 - u[t]^2)
#! "bad 2 A" : let qh[t] = 2 * (h[t] - y[t]) + qh[t+1] + R' @ qa[t+1]
#! "bad 2 A" : let qa[t] = 0.3 * qh[t] * (1 - u[t]^2)
steps T = 5
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param A : m x n
param R : m x m
start h[0] : m x 1 ~ normal(0, 1)
u[t] = tanh(A @ x[t] + R @ h[t-1])
h[t] = h[t-1] + 0.3 * u[t]
loss sum(t, sum((h[t] - y[t])^2))
let qh[t] = 2 * (h[t] - y[t]) + R' @ qa[t+1]
let qa[t] = qh[t] * (1 - u[t]^2)
claim "bad 1 R": grad(R) = sum(t, qa[t] @ h[t-1]')
claim "bad 2 A": grad(A) = sum(t, qa[t] @ x[t]')
