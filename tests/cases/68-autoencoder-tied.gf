# Encoder and decoder share one matrix with its transpose: only the decoder's share, a share turned.
#! "bad encoder" : claim grad(W) = sum(t, dz[t] @ x[t]' + z[t] @ dr[t]')
#! "bad decoder" : claim grad(W) = sum(t, dz[t] @ x[t]' + z[t] @ dr[t]')
#! "bad input" : claim grad(x[t]) = W' @ dz[t] - dr[t]
#! "bad b" : claim grad(b) = sum(t, dz[t])
steps T = 3
size n = 4, m = 3
input x[t] : n x 1
param W : m x n
param b : m x 1
param c : n x 1
z[t] = tanh(W @ x[t] + b)
r[t] = W' @ z[t] + c
loss sum(t, sum((r[t] - x[t])^2))
let dr[t] = 2 * (r[t] - x[t])
let dz[t] = (W @ dr[t]) * (1 - z[t]^2)
claim "bad encoder": grad(W) = sum(t, dz[t] @ x[t]')
claim "bad decoder": grad(W) = sum(t, z[t] @ dr[t]')
claim "bad input": grad(x[t]) = W' @ dz[t]
claim "bad b": grad(b) = sum(t, W @ dr[t])
