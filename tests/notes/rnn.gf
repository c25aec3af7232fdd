title "Vanilla RNN, column vectors"
steps T = 5
size  n = 3, m = 4, k = 2

input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x m                       # state to state
param W : m x n                       # input to state
param V : k x m
start h[0] : m x 1 = 0

h[t] = tanh(U @ h[t-1] + W @ x[t])
z[t] = V @ h[t]
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])

let dz[t] = softmax(z[t]) - y[t]
let dh[t] = V' @ dz[t] + U @ da[t+1]
let da[t] = dh[t] * (1 - tanh(h[t])^2)

claim "output weights": grad(V) = sum(t, dz[t] @ h[t]')
claim "state weights":  grad(U) = sum(t, da[t] @ h[t]')
claim "input weights":  grad(W) = sum(t, da[t] @ x[t]')
