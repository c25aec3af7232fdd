# Params of their own at each step: what stands for the gradient of one, and which step's is meant.

steps T = 4
size  n = 2, m = 3

input x[t] : 1 x n
given y[t] : 1 x m
param U[t] : n x m
param W[t] : m x m
param b[t] : 1 x m
start h[0] : 1 x m ~ uniform(-1, 1)

a[t] = x[t] @ U[t] + h[t-1] @ W[t] + b[t]
h[t] = tanh(a[t])

loss sum(t, mse(h[t], y[t]))

let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ W[t]'
# says: the path h[t] -> a[t+1]: W[t] stands where W[t+1] belongs
let da[t] = dh[t] * (1 - h[t]^2)
let dW[t] = h[t]' @ da[t]
# says: the path W[t] -> a[t]: h[t] stands where h[t-1] belongs
let db[t] = -da[t]
# says: the sign is wrong

claim grad(h[t]) = dh[t]
# says: because of dh
claim grad(a[t]) = da[t]
# says: because of dh
claim grad(W[t]) = dW[t]
# says: because of dh
# says: because of dW
claim grad(b[t]) = db[t]
# says: because of dh
# says: because of db
claim grad(U[t]) = x[t]' @ da[t+1]
# says: the path U[t] -> a[t]: da[t+1] stands where da[t] belongs
claim grad(b[t]) = sum(t, da[t])
# says: the path b[t] -> a[t]: sum(t, da[t]) stands where da[t] belongs
