# A hinge loss at each step with labels of -1 and 1; the let that is 0 or 1 says where it bites.
#! "bad 1 v" : let ds[t] = -y[t] * on[t]
#! "bad 2 W" : let ds[t] = -y[t] * on[t]
#! "bad 3 all" : claim grad(s[t]) = -y[t] * on[t]
#! "bad 4 y forgotten" : claim grad(s[t]) = -y[t] * on[t]
#! "bad 5 other side" : let off[t] = (y[t] * s[t] < 1)
steps T = 5
size n = 3, m = 4
seed 17
input x[t] : n x 1
given y[t] : 1 x 1 = {1, -1, 1, 1, -1}
param U : m x n
param W : m x m
param v : 1 x m ~ normal(0, 3)
start h[0] : m x 1
h[t] = tanh(U @ x[t] + W @ h[t-1])
s[t] = v @ h[t]
loss sum(t, max(0, 1 - y[t] * s[t]))
let on[t] = (y[t] * s[t] < 1)
let ds[t] = y[t] * on[t]
let dh[t] = v' @ ds[t] + W' @ (dh[t+1] * (1 - h[t+1]^2))
let da[t] = dh[t] * (1 - h[t]^2)
claim "bad 1 v": grad(v) = sum(t, ds[t] * h[t]')
claim "bad 2 W": grad(W) = sum(t, da[t] @ h[t-1]')
claim "bad 3 all": grad(s[t]) = -y[t]
claim "bad 4 y forgotten": grad(s[t]) = -on[t]
let off[t] = (y[t] * s[t] > 1)
claim "bad 5 other side": grad(v) = -sum(t, y[t] * off[t] * h[t]')
