# An LSTM whose cell moves only where a time gate opens; neutral names: the kept cell not handed on, the gate forgotten before the candidate.
#! "bad 1 f" : let v2[t] = v1[t] * (1 - h[t]^2) + v3[t+1] * f[t+1] + v2[t+1] * (1 - k[t+1])
#! "bad 1 f" : let v6[t] = v3[t] * i[t] * (1 - g[t]^2)
#! "bad 2 i" : let v2[t] = v1[t] * (1 - h[t]^2) + v3[t+1] * f[t+1] + v2[t+1] * (1 - k[t+1])
#! "bad 2 i" : let v6[t] = v3[t] * i[t] * (1 - g[t]^2)
#! "bad 3 g" : let v2[t] = v1[t] * (1 - h[t]^2) + v3[t+1] * f[t+1] + v2[t+1] * (1 - k[t+1])
#! "bad 3 g" : let v6[t] = v3[t] * i[t] * (1 - g[t]^2)
steps T = 4
size n = 3, m = 4
seed 4
input x[t] : n x 1
given y[t] : m x 1
given k[t] : m x 1 ~ uniform(0, 1)
param Wf, Wi, Wg : m x n
param Uf, Ui, Ug : m x m
start h[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(Wf @ x[t] + Uf @ h[t-1])
i[t] = sigmoid(Wi @ x[t] + Ui @ h[t-1])
g[t] = tanh(Wg @ x[t] + Ug @ h[t-1])
p[t] = f[t] * c[t-1] + i[t] * g[t]
c[t] = k[t] * p[t] + (1 - k[t]) * c[t-1]
h[t] = tanh(c[t])
loss 0.5 * sum(t, sum((h[t] - y[t])^2))
let v1[t] = h[t] - y[t] + Uf' @ v4[t+1] + Ui' @ v5[t+1] + Ug' @ v6[t+1]
let v2[t] = v1[t] * (1 - h[t]^2) + v3[t+1] * f[t+1]
let v3[t] = v2[t] * k[t]
let v4[t] = v3[t] * c[t-1] * f[t] * (1 - f[t])
let v5[t] = v3[t] * g[t] * i[t] * (1 - i[t])
let v6[t] = v2[t] * i[t] * (1 - g[t]^2)
claim "bad 1 f": grad(Uf) = sum(t, v4[t] @ h[t-1]')
claim "bad 2 i": grad(Ui) = sum(t, v5[t] @ h[t-1]')
claim "bad 3 g": grad(Ug) = sum(t, v6[t] @ h[t-1]')
