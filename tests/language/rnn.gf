title "Vanilla RNN, column vectors"

steps T = 5
size  n = 3, m = 4, k = 2
seed  7

input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x m ~ normal(0, 0.5)      # state to state
param W : m x n                       # input to state
param V : k x m
param b : m x 1
param d : k x 1
start h[0] : m x 1 = 0

a[t] = U @ h[t-1] + W @ x[t] + b
h[t] = tanh(a[t])
z[t] = V @ h[t] + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

let p[t]  = softmax(z[t])
let da[t] = (V' @ (p[t] - y[t]) + U' @ da[t+1]) * (1 - h[t]^2)

claim "output bias":       grad(d) = sum(t, p[t] - y[t])
claim "through time":      grad(h[t]) = V' @ grad(z[t]) + U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
claim "state weights":     grad(U) = sum(t, da[t] @ h[t-1]')
claim "one-step Jacobian": jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ U
claim "squashing":         tanh'(a[t]) <= 1
claim "product":           jacobian(h[t], h[j]) = prod(s, t downto j+1, jacobian(h[s], h[s-1]))  for j = 1..t-1
