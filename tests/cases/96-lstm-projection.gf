# LSTMP: r = P (o tanh(c)) is what comes back into the gates. The projection is left out on the way to the cell, or is not turned; its own gradient takes r.
#! "bad 1 not turned" : claim grad(mm[t]) = P' @ grad(r[t])
#! "bad 2 own" : claim grad(P) = sum(t, grad(r[t]) @ mm[t]')
#! "bad Wg" : let dr[t] = V' @ ds[t] + Rf' @ zf[t+1] + Ri' @ zi[t+1] + Rg' @ zg[t+1] + Ro' @ zo[t+1]
#! "bad Wg" : let zi[t] = dc[t] * g[t] * i[t] * (1 - i[t])
#! "bad Wi" : let dr[t] = V' @ ds[t] + Rf' @ zf[t+1] + Ri' @ zi[t+1] + Rg' @ zg[t+1] + Ro' @ zo[t+1]
#! "bad Wi" : let zi[t] = dc[t] * g[t] * i[t] * (1 - i[t])
steps T = 4
size n = 2, m = 4, p = 3, k = 5
seed 199
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param Wf, Wi, Wg, Wo : m x n
param Rf, Ri, Rg, Ro : m x p
param P : p x m
param V : k x p
start r[0] : p x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(Wf @ x[t] + Rf @ r[t-1])
i[t] = sigmoid(Wi @ x[t] + Ri @ r[t-1])
g[t] = tanh(Wg @ x[t] + Rg @ r[t-1])
o[t] = sigmoid(Wo @ x[t] + Ro @ r[t-1])
c[t] = f[t] * c[t-1] + i[t] * g[t]
mm[t] = o[t] * tanh(c[t])
r[t] = P @ mm[t]
s[t] = V @ r[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
let dr[t] = V' @ ds[t] + Rf' @ zf[t+1] + Ri' @ zi[t+1] + Ri' @ zg[t+1] + Ro' @ zo[t+1]
let dm[t] = P' @ dr[t]
let dc[t] = dm[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
let zf[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
let zi[t] = dc[t] * g[t] * (1 - i[t]^2)
let zg[t] = dc[t] * i[t] * (1 - g[t]^2)
let zo[t] = dm[t] * tanh(c[t]) * o[t] * (1 - o[t])
claim "ok V": grad(V) = sum(t, ds[t] @ r[t]')
claim "bad 1 not turned": grad(mm[t]) = P @ grad(r[t])
claim "bad 2 own": grad(P) = sum(t, grad(r[t]) @ r[t]')
claim "bad Wg": grad(Wg) = sum(t, zg[t] @ x[t]')
claim "bad Wi": grad(Wi) = sum(t, zi[t] @ x[t]')
