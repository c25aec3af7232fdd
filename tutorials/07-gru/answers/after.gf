title "GRU"
steps T = 5
size  n = 2, m = 4, k = 3        # inputs, hidden units, classes
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
param Uz, Ur, Ug : n x m
param Wz, Wr, Wg : m x m
param bz, br, bg : 1 x m
param V : m x k
start h[0] : 1 x m ~ uniform(-1, 1)

az[t] = x[t] @ Uz + h[t-1] @ Wz + bz
z[t]  = sigmoid(az[t])                          # update gate: how much of the old state stays
ar[t] = x[t] @ Ur + h[t-1] @ Wr + br
r[t]  = sigmoid(ar[t])                          # reset gate: how much of it the candidate sees
ag[t] = x[t] @ Ug + r[t] * (h[t-1] @ Wg) + bg
g[t]  = tanh(ag[t])                             # candidate
h[t]  = z[t] * h[t-1] + (1 - z[t]) * g[t]

s[t] = h[t] @ V                                 # scores of the classes
L[t] = cross_entropy(s[t], y[t])
loss sum(t, L[t])

let ds[t]  = softmax(s[t]) - y[t]
let dh[t]  = ds[t] @ V' + dh[t+1] * z[t+1] + daz[t+1] @ Wz' + dar[t+1] @ Wr' + (dag[t+1] * r[t+1]) @ Wg'
let dz[t]  = dh[t] * (h[t-1] - g[t])
let dg[t]  = dh[t] * (1 - z[t])
let dr[t]  = dag[t] * (h[t-1] @ Wg)
let daz[t] = dz[t] * z[t] * (1 - z[t])
let dag[t] = dg[t] * (1 - g[t]^2)
let dar[t] = dr[t] * r[t] * (1 - r[t])

claim grad(h[t])  = dh[t]
claim grad(z[t])  = dz[t]
claim grad(g[t])  = dg[t]
claim grad(r[t])  = dr[t]
claim grad(az[t]) = daz[t]
claim grad(ag[t]) = dag[t]
claim grad(ar[t]) = dar[t]
claim grad(Wz) = sum(t, h[t-1]' @ daz[t])
claim grad(Wr) = sum(t, h[t-1]' @ dar[t])
claim grad(Wg) = sum(t, h[t-1]' @ (dag[t] * r[t]))
