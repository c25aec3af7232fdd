# minGRU: no state in the gates; the roles of z and 1 - z exchanged, as a reader of the paper argues.
#! "bad 1" : claim grad(h[t]) = 3 * h[t]^2 + (1 - z[t+1]) * grad(h[t+1])
#! "bad 2" : claim grad(g[t]) = z[t] * grad(h[t])
#! "bad 3" : claim grad(z[t]) = (g[t] - h[t-1]) * grad(h[t])
#! "bad 4" : claim grad(Wz) = sum(t, (grad(z[t]) * z[t] * (1 - z[t])) @ x[t]')
#! "bad 5" : claim jacobian(h[t], h[t-1]) = diag(1 - z[t])
steps T = 5
size n = 2, m = 4
input x[t] : n x 1
param Wz, Wh : m x n
start h[0] : m x 1 ~ normal(0, 1)
z[t] = sigmoid(Wz @ x[t])
g[t] = Wh @ x[t]
h[t] = (1 - z[t]) * h[t-1] + z[t] * g[t]
loss sum(t, sum(h[t]^3))
claim "bad 1": grad(h[t]) = 3 * h[t]^2 + z[t+1] * grad(h[t+1])
claim "bad 2": grad(g[t]) = (1 - z[t]) * grad(h[t])
claim "bad 3": grad(z[t]) = (h[t-1] - g[t]) * grad(h[t])
claim "bad 4": grad(Wz) = sum(t, (grad(z[t]) * (1 - z[t]^2)) @ x[t]')
claim "bad 5": jacobian(h[t], h[t-1]) = 1 - diag(z[t])
