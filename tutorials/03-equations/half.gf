# Three steps of a recurrent network, and its gradients by hand.

title "RNN, by hand"

steps T = 3
size  m = 2, n = 4, k = 5            # inputs, hidden units, classes

input x[t] : m x 1
given y[t] : k x 1 ~ onehot
param U : n x m
param W : n x n
param b : n x 1
param V : k x n
param c : k x 1
start h[0] : n x 1 ~ uniform(-1, 1)

a[t] = W @ h[t-1] + U @ x[t] + b
h[t] = tanh(a[t])
o[t] = V @ h[t] + c
L[t] = cross_entropy(o[t], y[t])

loss sum(t, L[t])

let p[t]  = softmax(o[t])
let do[t] = p[t] - y[t]
let dh[t] = V' @ do[t] + ?
let da[t] = (1 - h[t]^2) * dh[t]

claim "output":         grad(o[t]) = do[t]
claim "state":          grad(h[t]) = dh[t]
claim "output bias":    grad(c) = sum(t, do[t])
claim "output weights": grad(V) = sum(t, do[t] @ h[t]')
claim "state weights":  grad(W) = sum(t, da[t] @ h[t-1]')
claim "input weights":  grad(U) = ?
claim "bias":           grad(b) = sum(t, da[t])

claim "one step":       jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ W
claim "slope of tanh":  0 <= 1 - h[t]^2 <= 1
