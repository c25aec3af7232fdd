# A quasi-recurrent net: windows of two inputs, the state only pooled.
#! "bad 1" : claim grad(x[t]) = Z1' @ dz[t] + F1' @ df[t] + Z0' @ dz[t+1] + F0' @ df[t+1]
#! "bad 1" hint : x\[t\] -> (z|f)\[t\+1\]
#! "bad 2" : claim grad(x[t]) = Z1' @ dz[t] + F1' @ df[t] + Z0' @ dz[t+1] + F0' @ df[t+1]
#! "bad 3" : claim grad(Z0) = sum(t, dz[t] @ x[t-1]')
#! "bad 4" : claim grad(F1) = sum(t, df[t] @ x[t]')
#! "bad 5" : claim grad(h[j]) = sum(t, j..T, prod(s, j+1..t, diag(f[s])) @ (2 * (h[t] - y[t]) / m)) for j = 1..T
#! "bad 6" : claim grad(x[0]) = Z0' @ dz[1] + F0' @ df[1]
steps T = 5
size n = 3, m = 4
seed 58
input x[t] : n x 1
start x[0] : n x 1 ~ normal(0, 1)
given y[t] : m x 1
param Z0, Z1, F0, F1 : m x n
start h[0] : m x 1 ~ normal(0, 1)
z[t] = tanh(Z0 @ x[t-1] + Z1 @ x[t])
f[t] = sigmoid(F0 @ x[t-1] + F1 @ x[t])
h[t] = f[t] * h[t-1] + (1 - f[t]) * z[t]
loss sum(t, mse(h[t], y[t]))
let dz[t] = grad(h[t]) * (1 - f[t]) * (1 - z[t]^2)
let df[t] = grad(h[t]) * (h[t-1] - z[t]) * f[t] * (1 - f[t])
claim "bad 1": grad(x[t]) = Z1' @ dz[t] + F1' @ df[t]
claim "bad 2": grad(x[t]) = Z1' @ dz[t] + F1' @ df[t] + Z0' @ dz[t-1] + F0' @ df[t-1]
claim "bad 3": grad(Z0) = sum(t, dz[t] @ x[t]')
claim "bad 4": grad(F1) = sum(t, dz[t] @ x[t]')
claim "bad 5": grad(h[j]) = sum(t, j..T, prod(s, j..t, diag(f[s])) @ (2 * (h[t] - y[t]) / m)) for j = 1..T
claim "bad 6": grad(x[0]) = Z0' @ dz[1]
