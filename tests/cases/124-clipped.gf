# A clipped state and a hard sigmoid gate.
#! "bad 1" : claim grad(q) = sum(t, ds[t])
#! "bad 2" : claim grad(a[t]) = 0.2 * ds[t] * s[t-1] * clip'(0.2 * a[t] + 0.5, 0, 1)
#! "bad 3" : claim grad(s[t]) = s[t] + ds[t+1] * g[t+1] + R' @ grad(a[t+1])
#! "bad 4" : claim grad(g[t]) = ds[t] * s[t-1]
#! "bad 5" : claim grad(R) = sum(t, grad(a[t]) @ s[t-1]')
steps T = 4
size n = 2, m = 3
seed 45
input x[t] : n x 1
param W : m x n
param R : m x m
param q : m x 1
start s[0] : m x 1 ~ normal(0, 1)
a[t] = W @ x[t] + R @ s[t-1]
g[t] = clip(0.2 * a[t] + 0.5, 0, 1)
s[t] = clip(g[t] * s[t-1] + q, -1, 1)
loss sum(t, sum(s[t]^2)) / 2
let ds[t] = grad(s[t]) * clip'(g[t] * s[t-1] + q, -1, 1)
claim "bad 1": grad(q) = sum(t, grad(s[t]))
claim "bad 2": grad(a[t]) = ds[t] * s[t-1] * clip'(0.2 * a[t] + 0.5, 0, 1)
claim "bad 3": grad(s[t]) = s[t] + ds[t+1] * g[t+1]
claim "bad 4": grad(g[t]) = ds[t] * s[t]
claim "bad 5": grad(R) = sum(t, s[t-1] @ grad(a[t])')
