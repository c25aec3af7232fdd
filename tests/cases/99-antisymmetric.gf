# A discretised flow with the matrix W - W' - g I. W counts twice, once turned with a minus; on the way back the matrix is turned as a whole; the step size.
#! "bad 1 once" : claim grad(W) = G - G'
#! "bad 1 once" or : let G = sum(t, (dl * grad(h[t]) * (1 - r[t]^2)) @ h[t-1]') - sum(t, h[t-1] @ (dl * grad(h[t]) * (1 - r[t]^2))')
#! "bad 2 plus" : claim grad(W) = G - G'
#! "bad 3 not turned" : let b3[t] = C' @ (C @ h[t] - y[t]) + b3[t+1] + (W - W' - 0.1 * eye(m))' @ (dl * b3[t+1] * (1 - r[t+1]^2))
#! "bad 4 step size" : claim grad(c) = sum(t, dl * grad(h[t]) * (1 - r[t]^2))
#! "bad 5 damping" : claim jacobian(h[t], h[t-1]) = eye(m) + dl * diag(1 - r[t]^2) @ (W - W' - 0.1 * eye(m))
steps T = 4
size n = 2, m = 4, k = 3
seed 233
input x[t] : n x 1
given y[t] : k x 1
given dl : 1 x 1 = 0.2
param W : m x m
param V : m x n
param C : k x m
param c : m x 1
start h[0] : m x 1 ~ normal(0, 1)
r[t] = tanh((W - W' - 0.1 * eye(m)) @ h[t-1] + V @ x[t] + c)
h[t] = h[t-1] + dl * r[t]
loss sum(t, sum((C @ h[t] - y[t])^2)) / 2
let G = sum(t, (dl * grad(h[t]) * (1 - r[t]^2)) @ h[t-1]')
claim "ok V": grad(V) = sum(t, (dl * grad(h[t]) * (1 - r[t]^2)) @ x[t]')
claim "bad 1 once": grad(W) = G
claim "bad 2 plus": grad(W) = G + G'
let b3[t] = C' @ (C @ h[t] - y[t]) + b3[t+1] + (W - W' - 0.1 * eye(m)) @ (dl * b3[t+1] * (1 - r[t+1]^2))
claim "bad 3 not turned": grad(h[t]) = b3[t]
claim "bad 4 step size": grad(c) = sum(t, grad(h[t]) * (1 - r[t]^2))
claim "bad 5 damping": jacobian(h[t], h[t-1]) = eye(m) + dl * diag(1 - r[t]^2) @ (W - W')
