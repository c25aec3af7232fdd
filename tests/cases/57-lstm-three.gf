# Three slips at once in an LSTM with plain names and no claim of the errors themselves.
#! "bad 1 Wf" : let r3[t] = r2[t] * o[t] * (1 - tanh(c[t])^2) + r3[t+1] * f[t+1]
#! "bad 1 Wf" : let r4[t] = r2[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad 1 Wf" : let r5[t] = r3[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad 2 Wi" : let r3[t] = r2[t] * o[t] * (1 - tanh(c[t])^2) + r3[t+1] * f[t+1]
#! "bad 2 Wi" : let r4[t] = r2[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad 2 Wi" : let r5[t] = r3[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad 3 Wg" : let r3[t] = r2[t] * o[t] * (1 - tanh(c[t])^2) + r3[t+1] * f[t+1]
#! "bad 3 Wg" : let r4[t] = r2[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad 3 Wg" : let r5[t] = r3[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad 4 Wo" : let r3[t] = r2[t] * o[t] * (1 - tanh(c[t])^2) + r3[t+1] * f[t+1]
#! "bad 4 Wo" : let r4[t] = r2[t] * tanh(c[t]) * o[t] * (1 - o[t])
#! "bad 4 Wo" : let r5[t] = r3[t] * c[t-1] * f[t] * (1 - f[t])
steps T = 4
size n = 3, m = 4, k = 3
seed 4
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param Wf, Wi, Wg, Wo : m x n
param Rf, Ri, Rg, Ro : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(Wf @ x[t] + Rf @ h[t-1])
i[t] = sigmoid(Wi @ x[t] + Ri @ h[t-1])
g[t] = tanh(Wg @ x[t] + Rg @ h[t-1])
o[t] = sigmoid(Wo @ x[t] + Ro @ h[t-1])
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))
let r1[t] = softmax(z[t]) - y[t]
let r2[t] = V' @ r1[t] + Rf' @ r5[t+1] + Ri' @ r6[t+1] + Rg' @ r7[t+1] + Ro' @ r4[t+1]
let r3[t] = r2[t] * o[t] * (1 - c[t]^2) + r3[t+1] * f[t+1]
let r4[t] = r2[t] * c[t] * o[t] * (1 - o[t])
let r5[t] = r3[t] * c[t] * f[t] * (1 - f[t])
let r6[t] = r3[t] * g[t] * i[t] * (1 - i[t])
let r7[t] = r3[t] * i[t] * (1 - g[t]^2)
claim "ok V": grad(V) = sum(t, r1[t] @ h[t]')
claim "bad 1 Wf": grad(Wf) = sum(t, r5[t] @ x[t]')
claim "bad 2 Wi": grad(Wi) = sum(t, r6[t] @ x[t]')
claim "bad 3 Wg": grad(Wg) = sum(t, r7[t] @ x[t]')
claim "bad 4 Wo": grad(Wo) = sum(t, r4[t] @ x[t]')
