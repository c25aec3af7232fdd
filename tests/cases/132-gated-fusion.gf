# Two modalities, a gate mixes them; nothing recurrent but a mean.
#! "bad 1" : let df = 2 * (s - y) / T
#! "bad 2" : let df = 2 * (s - y) / T
#! "bad 3" : let dg[t] = df * (u[t] - w[t])
#! "bad 3" : let df = 2 * (s - y) / T
#! "bad 4" : claim grad(B) = sum(t, (grad(f[t]) * (1 - g[t]) * (1 - w[t]^2)) @ b[t]')
#! "bad 5" : claim grad(b[t]) = B' @ (grad(f[t]) * (1 - g[t]) * (1 - w[t]^2)) + cols(G, n+1, n+p)' @ (grad(g[t]) * g[t] * (1 - g[t]))
steps T = 3
size n = 2, p = 3, m = 2
seed 85
input a[t] : n x 1
input b[t] : p x 1
given y : m x 1
param A : m x n
param B : m x p
param G : m x n+p
u[t] = tanh(A @ a[t])
w[t] = tanh(B @ b[t])
g[t] = sigmoid(G @ [a[t]; b[t]])
f[t] = g[t] * u[t] + (1 - g[t]) * w[t]
s = sum(t, f[t]) / T
loss sum((s - y)^2)
let df = 2 * (s - y)
let dg[t] = df * (u[t] + w[t])
claim "bad 1": grad(f[t]) = df
claim "bad 2": grad(A) = sum(t, (df * g[t] * (1 - u[t]^2)) @ a[t]')
claim "bad 3": grad(g[t]) = dg[t]
claim "bad 4": grad(B) = sum(t, (grad(f[t]) * g[t] * (1 - w[t]^2)) @ b[t]')
claim "bad 5": grad(b[t]) = B' @ (grad(f[t]) * (1 - g[t]) * (1 - w[t]^2)) + cols(G, 1, p)' @ (grad(g[t]) * g[t] * (1 - g[t]))
