# Inputs and weights are mostly positive, and so is all that goes into the relu: with most seeds its derivative is 1
# everywhere, and leaving it out would do. The state stands where the derivative belongs.
#! "bad net" : let delta[t] = ((delta[t+1]' @ W) @ diag(relu'(a[t])))'
#! "bad U" : let delta[t] = ((delta[t+1]' @ W) @ diag(relu'(a[t])))'
#! "bad W" : let delta[t] = ((delta[t+1]' @ W) @ diag(relu'(a[t])))'
steps T = 4
size  n = 3, m = 5
input x[t] : n x 1 ~ uniform(0, 1)
param U : m x n ~ uniform(-0.4, 1)
param W : m x m ~ uniform(-0.4, 0.8)
start s[0] : m x 1 ~ uniform(0, 1)
a[t] = U @ x[t] + W @ s[t-1]
s[t] = relu(a[t])
loss sum(s[T])

let delta[T] = relu'(a[T])
let delta[t] = ((delta[t+1]' @ W) @ diag(s[t]))'
claim "ok last": grad(s[T]) = ones(m, 1)
claim "bad net": grad(a[t]) = delta[t]
claim "bad U": grad(U) = sum(t, delta[t] @ x[t]')
claim "bad W": grad(W) = sum(t, delta[t] @ s[t-1]')
