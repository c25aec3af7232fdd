title "GRU whose update gate is mirrored"

steps T = 4
size  n = 2, m = 3

input x[t] : n x 1
param Wz, Wr, W : m x m+n
start h[0] : m x 1 ~ uniform(-1, 1)

z[t] = sigmoid(Wz @ [h[t-1]; x[t]])
r[t] = sigmoid(Wr @ [h[t-1]; x[t]])
g[t] = tanh(W @ [r[t] * h[t-1]; x[t]])
h[t] = (1 - z[t]) * h[t-1] + z[t] * g[t]

loss sum(t, sum(h[t]^2))

let dh[t] = 2 * h[t] + dh[t+1] * z[t+1] + rows(Wz' @ ez[t+1] + Wr' @ er[t+1], 1, m) + rows(W' @ eg[t+1], 1, m) * r[t+1]
let ez[t] = dh[t] * (h[t-1] - g[t]) * z[t] * (1 - z[t])
let eg[t] = dh[t] * (1 - z[t]) * (1 - g[t]^2)
let er[t] = rows(W' @ eg[t], 1, m) * h[t-1] * r[t] * (1 - r[t])

claim "state":  grad(h[t]) = dh[t]
claim "update": grad(Wz) = sum(t, ez[t] @ [h[t-1]; x[t]]')
claim "reset":  grad(Wr) = sum(t, er[t] @ [h[t-1]; x[t]]')
claim "new":    grad(W) = sum(t, eg[t] @ [r[t] * h[t-1]; x[t]]')
