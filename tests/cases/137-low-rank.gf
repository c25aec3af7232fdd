# A recurrent matrix of two thin factors P and Q: each factor's gradient carries the other; turned, exchanged.
#! "bad 1 U" : let dh[t] = (h[t] - y[t]) / T + Q' @ P' @ da[t+1]
#! "bad 2 P" : claim grad(P) = sum(t, grad(a[t]) @ h[t-1]' @ Q')
#! "bad 3 Q" : let dh[t] = (h[t] - y[t]) / T + Q' @ P' @ da[t+1]
#! "bad 3 Q" : let dl[t] = P' @ da[t]
#! "bad 4 Q l" : claim grad(Q) = sum(t, P' @ grad(a[t]) @ h[t-1]')
#! "bad 5 jac" : claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ P @ Q
steps T = 4
size n = 2, m = 5, r = 3
seed 32
input x[t] : n x 1
given y[t] : m x 1
param P : m x r
param Q : r x m
param U : m x n
start h[0] : m x 1 ~ normal(0, 1)
l[t] = Q @ h[t-1]
a[t] = P @ l[t] + U @ x[t]
h[t] = tanh(a[t])
loss sum(t, sum((h[t] - y[t])^2)) / (2 * T)
let dh[t] = h[t] - y[t] + Q' @ P' @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
let dl[t] = P @ da[t]
claim "bad 1 U": grad(U) = sum(t, da[t] @ x[t]')
claim "bad 2 P": grad(P) = sum(t, grad(a[t]) @ h[t-1]' @ Q)
claim "bad 3 Q": grad(Q) = sum(t, dl[t] @ h[t-1]')
claim "bad 4 Q l": grad(Q) = sum(t, P' @ grad(a[t]) @ l[t]')
claim "bad 5 jac": jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ Q' @ P'
