steps T = 4
size n = 2, m = 3, k = 2
seed 3
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : m x n
param U : m x m
param V : k x m
start h[0] : m x 1 ~ uniform(-1, 1)
start c[0] : m x 1 = 0
start g[T+1] : m x 1 = 0
f[t] = sigmoid(W @ x[t] + U @ h[t-1])
c[t] = f[t] * c[t-1] + h[t-1]
h[t] = tanh(c[t]) * 0.5
g[t] = U @ g[t+1] + h[t]
z[t] = V @ g[t]
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t]) / T
let dz[t] = (softmax(z[t]) - y[t]) / T
let dg[t] = V' @ dz[t] + U' @ dg[t-1]
let dW = sum(t, grad(W[t]))
let dh[t] = ?
claim grad(z[t]) = dz[t]
claim "g": grad(g[t]) = dg[t]
claim grad(h[t]) = dh[t]
#! show h[t]
#! show norm(grad(h[t], L[T]))
#! show jacobian(c[t], c[t-1] | h)
#! show grad(U)
#! show dz[t] @ h[t+1]'
#! show [U, U; W', W']
#! show 1 / (t - 2)
#! at 2
#! at T-1..T
#! at t = 0..3
#! explain c[2]
#! explain h[T]
#! explain g
#! explain W
#! explain c[2] -> c[3]
#! explain dg[2]
#! explain grad(z[1])
#! explain loss
#! path h[1] -> L[4]
#! path x[1] -> loss
#! path W -> z[2]
