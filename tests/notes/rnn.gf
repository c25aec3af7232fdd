title "Vanilla RNN, column vectors"
steps T = 5
size  n = 3, m = 4, k = 2

input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : m x m                       # state to state
param U : m x n                       # input to state
param V : k x m
start h[0] : m x 1 = 0

h[t] = tanh(W @ h[t-1] + U @ x[t])
z[t] = V @ h[t]
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])

let dz[t] = softmax(z[t]) - y[t]
let dh[t] = V' @ dz[t] + W @ da[t+1]
let da[t] = dh[t] * (1 - tanh(h[t])^2)

claim "output weights": grad(V) = sum(t, dz[t] @ h[t]')
claim "state weights":  grad(W) = sum(t, da[t] @ h[t]')
claim "input weights":  grad(U) = sum(t, da[t] @ x[t]')
