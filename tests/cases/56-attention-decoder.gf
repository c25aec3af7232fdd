# A decoder's softmax over its own scores as a gate: the Jacobian taken for its diagonal; the query's scale.
#! "bad 1 G" : let qs[t] = p[t] * (qp[t] - sum(p[t] * qp[t]))
#! "bad 1 G" : let qh[t] = 2 * (h[t] - y[t]) + qr[t+1] * p[t+1] + G' @ qs[t+1] / sqrt(m)
#! "bad 2 R" : let qs[t] = p[t] * (qp[t] - sum(p[t] * qp[t]))
#! "bad 2 R" : let qh[t] = 2 * (h[t] - y[t]) + qr[t+1] * p[t+1] + G' @ qs[t+1] / sqrt(m)
#! "bad 3 A" : let qs[t] = p[t] * (qp[t] - sum(p[t] * qp[t]))
#! "bad 3 A" : let qh[t] = 2 * (h[t] - y[t]) + qr[t+1] * p[t+1] + G' @ qs[t+1] / sqrt(m)
steps T = 4
size m = 4, n = 3
input x[t] : n x 1
given y[t] : m x 1
param A : m x n
param R, G : m x m
start h[0] : m x 1 ~ normal(0, 1)
s[t] = G @ h[t-1] / sqrt(m)
p[t] = softmax(s[t])
h[t] = tanh(A @ x[t] + R @ (p[t] * h[t-1]))
loss sum(t, sum((h[t] - y[t])^2))
let qa[t] = qh[t] * (1 - h[t]^2)
let qr[t] = R' @ qa[t]
let qp[t] = qr[t] * h[t-1]
let qs[t] = p[t] * (1 - p[t]) * qp[t]
let qh[t] = 2 * (h[t] - y[t]) + qr[t+1] * p[t+1] + G' @ qs[t+1]
claim "bad 1 G": grad(G) = sum(t, qs[t] @ h[t-1]') / sqrt(m)
claim "bad 2 R": grad(R) = sum(t, qa[t] @ (p[t] * h[t-1])')
claim "bad 3 A": grad(A) = sum(t, qa[t] @ x[t]')
