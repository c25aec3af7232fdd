# The network of rnn.gf, and lines that are wrong, each as it has been published or handed in.

title "RNN, derived wrong"

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
let dh[t] = V' @ do[t] + W' @ da[t+1]
let da[t] = (1 - h[t]^2) * dh[t]

claim "sign":      grad(o[t]) = y[t] - p[t]
claim "recursion": grad(h[t]) = V' @ do[t]
claim "factor":    grad(V) = sum(t, 2 * do[t] @ h[t]')
claim "transpose": jacobian(h[t], h[t-1]) = (diag(1 - h[t]^2) @ W)'
claim "sum":       grad(b) = da[T]
claim "softmax":   jacobian(softmax(o[t]), o[t]) = diag(p[t]) + p[t] @ p[t]'
claim "shape":     grad(W) = sum(t, h[t-1] @ x[t]')
