# 2. In a cell with one gate, what a step keeps of the cell behind it belongs to that step: on the way back it is the gate of
# the next step. Somebody took the gate of the step at hand, since both stand in the same line of the forward pass.

title "2. A cell with one gate"

steps T = 5
size  m = 4
seed  12

input x[t] : m x 1
given y[t] : m x 1
param Wf, Wg : m x m
param Rf, Rg : m x m
start c[0] : m x 1 ~ uniform(-1, 1)

a[t] = Wf @ x[t] + Rf @ c[t-1]
f[t] = sigmoid(a[t])
b[t] = Wg @ x[t] + Rg @ c[t-1]
g[t] = tanh(b[t])
c[t] = f[t] * c[t-1] + (1 - f[t]) * g[t]
loss sum(t, mse(c[t], y[t]))

let dc[t] = 2 * (c[t] - y[t]) / m + dc[t+1] * f[t+1] + Rf' @ da[t+1] + Rg' @ db[t+1]
let da[t] = dc[t] * (c[t-1] - g[t]) * f[t] * (1 - f[t])
let db[t] = dc[t] * (1 - f[t]) * (1 - g[t]^2)

claim "cell":           grad(c[t]) = dc[t]
claim "gate":           grad(a[t]) = da[t]
claim "candidate":      grad(b[t]) = db[t]
claim "gate's weights": grad(Rf) = sum(t, da[t] @ c[t-1]')
claim "its weights":    grad(Rg) = sum(t, db[t] @ c[t-1]')
