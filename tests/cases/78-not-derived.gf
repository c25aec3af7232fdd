# A from-scratch notebook: sigmoid(f) * df for sigmoid'(f), tanh without its derivative for g, nothing handed back to the previous step.
#! "bad f" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad f" : let dh[t] = V' @ dv[t] + rows(W' @ dz[t+1], 1, m)
#! "bad f" : let dzf[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad f" : let dzg[t] = dc[t] * i[t] * (1 - g[t]^2)
#! "bad g" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad g" : let dh[t] = V' @ dv[t] + rows(W' @ dz[t+1], 1, m)
#! "bad g" : let dzf[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad g" : let dzg[t] = dc[t] * i[t] * (1 - g[t]^2)
#! "bad c" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad c" : let dh[t] = V' @ dv[t] + rows(W' @ dz[t+1], 1, m)
#! "bad c" : let dzf[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
#! "bad c" : let dzg[t] = dc[t] * i[t] * (1 - g[t]^2)
#! "bad V" : claim grad(V) = sum(t, dv[t] @ h[t]')
steps T = 4
size n = 3, m = 4, k = 5
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : 4*m x m+n
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
z[t] = W @ [h[t-1]; x[t]]
f[t] = sigmoid(rows(z[t], 1, m))
i[t] = sigmoid(rows(z[t], m+1, 2*m))
g[t] = tanh(rows(z[t], 2*m+1, 3*m))
o[t] = sigmoid(rows(z[t], 3*m+1, 4*m))
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
loss sum(t, cross_entropy(V @ h[t], y[t]))
let dv[t] = softmax(V @ h[t]) - y[t]
let dh[t] = V' @ dv[t]
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2)
let dzf[t] = dc[t] * c[t-1] * f[t]
let dzi[t] = dc[t] * g[t] * i[t] * (1 - i[t])
let dzg[t] = dc[t] * i[t] * g[t]
let dzo[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
let dz[t] = [dzf[t]; dzi[t]; dzg[t]; dzo[t]]
claim "bad f": grad(f[t]) * f[t] * (1 - f[t]) = dzf[t]
claim "bad g": grad(g[t]) * (1 - g[t]^2) = dzg[t]
claim "bad c": grad(c[t]) = dc[t]
claim "bad V": grad(V) = sum(t, dv[t] @ h[t-1]')
