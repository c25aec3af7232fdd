# A reset gate behind the product, h[t-1] used in three places. The line that adds up two of the three ways back is no
# gradient of anything, and is right; what the gate itself sends back has the wrong partner.
#! "bad Wr" : let dar[t] = dq[t] * h[t-1] * r[t] * (1 - r[t])
#! "bad Wg" : let dar[t] = dq[t] * h[t-1] * r[t] * (1 - r[t])
#! "bad h" : let dar[t] = dq[t] * h[t-1] * r[t] * (1 - r[t])
steps T = 5
size  n = 3, m = 4, B = 2
seed  179
input x[t] : B x n
given y[t] : B x m
param Wr, Wg : m x m
param Ur, Ug : n x m
start h[0] : B x m ~ normal(0, 1)
r[t] = sigmoid(h[t-1] @ Wr + x[t] @ Ur)
g[t] = tanh((h[t-1] * r[t]) @ Wg + x[t] @ Ug)
h[t] = 0.3 * h[t-1] + 0.7 * g[t]
loss 0.5 * sum(t, sum((h[t] - y[t])^2))

let dh[t]   = h[t] - y[t] + dp[t+1]
let dag[t]  = 0.7 * dh[t] * (1 - g[t]^2)
let dq[t]   = dag[t] @ Wg'
let two[t]  = dq[t] * r[t] + 0.3 * dh[t]
let dar[t]  = dq[t] * r[t] * r[t] * (1 - r[t])
let dp[t]   = two[t] + dar[t] @ Wr'
claim "bad h": grad(h[t]) = dh[t]
claim "bad Wr": grad(Wr) = sum(t, h[t-1]' @ dar[t])
claim "bad Wg": grad(Wg) = sum(t, (h[t-1] * r[t])' @ dag[t])
