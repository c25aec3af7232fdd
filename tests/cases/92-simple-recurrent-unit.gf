# A light recurrence with a highway from the input: c = f c + (1 - f) W x, h = r tanh(c) + (1 - r) x. The highway, both sides of r, and which step's f.
#! "bad Wf" : let dc[t] = dh[t] * r[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad Wr" : let dr[t] = dh[t] * (tanh(c[t]) - x[t])
#! "bad x" : claim grad(x[t]) = W' @ (dc[t] * (1 - f[t])) + Wf' @ df[t] + Wr' @ (dr[t] * r[t] * (1 - r[t])) + dh[t] * (1 - r[t])
#! "bad x" : let dc[t] = dh[t] * r[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
#! "bad x" : let dr[t] = dh[t] * (tanh(c[t]) - x[t])
#! "bad W" : let dc[t] = dh[t] * r[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
steps T = 5
size m = 4
seed 173
input x[t] : m x 1
given y[t] : m x 1
param W, Wf, Wr : m x m
start c[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(Wf @ x[t])
r[t] = sigmoid(Wr @ x[t])
c[t] = f[t] * c[t-1] + (1 - f[t]) * (W @ x[t])
h[t] = r[t] * tanh(c[t]) + (1 - r[t]) * x[t]
loss sum(t, sum((h[t] - y[t])^2)) / 2
let dh[t] = h[t] - y[t]
let dc[t] = dh[t] * r[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t]
let dr[t] = dh[t] * tanh(c[t])
let df[t] = dc[t] * (c[t-1] - W @ x[t]) * f[t] * (1 - f[t])
claim "ok h": grad(h[t]) = dh[t]
claim "bad Wf": grad(Wf) = sum(t, df[t] @ x[t]')
claim "bad Wr": grad(Wr) = sum(t, (dr[t] * r[t] * (1 - r[t])) @ x[t]')
claim "bad x": grad(x[t]) = W' @ (dc[t] * (1 - f[t])) + Wf' @ df[t] + Wr' @ (dr[t] * r[t] * (1 - r[t]))
claim "bad W": grad(W) = sum(t, (dc[t] * (1 - f[t])) @ x[t]')
