title "LSTM, backward by hand"

steps T = 4
size  n = 2, m = 3, k = 2
seed  2

input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param Wf, Wi, Wg, Wo : m x m+n
param V : k x m
start h[0], c[0] : m x 1 ~ uniform(-1, 1)

v[t] = [h[t-1]; x[t]]
f[t] = sigmoid(Wf @ v[t])
i[t] = sigmoid(Wi @ v[t])
g[t] = tanh(Wg @ v[t])
o[t] = sigmoid(Wo @ v[t])
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
z[t] = V @ h[t]
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

let dz[t] = softmax(z[t]) - y[t]
let dh[t] = V' @ dz[t] + rows(dv[t+1], 1, m)
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t]
let ef[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
let ei[t] = dc[t] * g[t] * i[t] * (1 - i[t])
let eg[t] = dc[t] * i[t] * (1 - tanh(g[t])^2)
let eo[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
let dv[t] = Wf' @ ef[t] + Wi' @ ei[t] + Wg' @ eg[t] + Wo' @ eo[t]

claim "state":  grad(h[t]) = dh[t]
claim "cell":   grad(c[t]) = dc[t]
claim "forget": grad(Wf) = sum(t, ef[t] @ v[t]')
claim "input":  grad(Wi) = sum(t, ei[t] @ v[t]')
claim "new":    grad(Wg) = sum(t, eg[t] @ v[t]')
claim "output": grad(Wo) = 2 * sum(t, eo[t] @ v[t]')
