steps T = 3
size  m = 3, x = 2
input v[t] : m x 1
param W : m x m
param sum : 1 x 1
start h[0] : m x 1

h[t] = max(0, 0, W @ h[t-1] + v[t])
k[t] = tahn(h[t])
l[t] = W^T @ k[t]
n[t+1] = h[t]

loss sum(t, sum(h[t]))

let dh[t-1] = W' @ dh[t]
claim grad(h[t]) = dh[t]
