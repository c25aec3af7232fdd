# Bidirectional: the backward chain's gradient comes from step t - 1, its weight sees g[t+1].
#! "bad 1 wrong way" : let eg[t] = ds[t] @ Vg' + (eg[t-1] * (1 - g[t-1]^2)) @ Wg'
#! "bad 2 state before" : claim grad(Wg) = sum(t, g[t+1]' @ (grad(g[t]) * (1 - g[t]^2)))
#! "bad 3 half exchanged" : claim grad(f[t]) = ds[t] @ Vf' + (grad(f[t+1]) * (1 - f[t+1]^2)) @ Wf'
#! "bad 4 slope step" : let ef[t] = ds[t] @ Vf' + (ef[t+1] * (1 - f[t+1]^2)) @ Wf'
#! "bad 5 input one chain" : claim grad(x[t]) = (grad(f[t]) * (1 - f[t]^2)) @ Uf' + (grad(g[t]) * (1 - g[t]^2)) @ Ug'
#! "bad 6 V" : claim grad(Vg) = sum(t, g[t]' @ ds[t])
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k
param Uf, Ug : n x m
param Wf, Wg : m x m
param Vf, Vg : m x k
start f[0] : 1 x m ~ normal(0, 1)
start g[T+1] : 1 x m ~ normal(0, 1)
f[t] = tanh(x[t] @ Uf + f[t-1] @ Wf)
g[t] = tanh(x[t] @ Ug + g[t+1] @ Wg)
s[t] = f[t] @ Vf + g[t] @ Vg
loss sum(t, mse(s[t], y[t]))
let ds[t] = 2 * (s[t] - y[t]) / k
let eg[t] = ds[t] @ Vg' + (eg[t+1] * (1 - g[t+1]^2)) @ Wg'
claim "bad 1 wrong way": grad(g[t]) = eg[t]
claim "bad 2 state before": grad(Wg) = sum(t, g[t-1]' @ (grad(g[t]) * (1 - g[t]^2)))
claim "bad 3 half exchanged": grad(f[t]) = ds[t] @ Vg' + (grad(f[t+1]) * (1 - f[t+1]^2)) @ Wf'
let ef[t] = ds[t] @ Vf' + (ef[t+1] * (1 - f[t]^2)) @ Wf'
claim "bad 4 slope step": grad(f[t]) = ef[t]
claim "bad 5 input one chain": grad(x[t]) = (grad(f[t]) * (1 - f[t]^2)) @ Uf'
claim "bad 6 V": grad(Vg) = sum(t, f[t]' @ ds[t])
