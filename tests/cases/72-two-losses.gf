# A state loss and an auxiliary prediction of the next input: the auxiliary head's error at the wrong step, its path left out.
#! "bad P" : let dq[t] = (q[t] - nx[t]) / n
#! "bad W" : let dq[t] = (q[t] - nx[t]) / n
#! "bad W" : let dh[t] = V' @ dz[t] + P' @ dq[t] + U' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad V" : claim grad(V) = sum(t, dz[t] @ h[t]')
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
given nx[t] : n x 1
param W : m x n
param U : m x m
param V : k x m
param P : n x m
start h[0] : m x 1
h[t] = tanh(W @ x[t] + U @ h[t-1])
z[t] = V @ h[t]
q[t] = P @ h[t]
loss sum(t, cross_entropy(z[t], y[t])) + 0.5 * sum(t, mse(q[t], nx[t]))
let dz[t] = softmax(z[t]) - y[t]
let dq[t] = 2 * (q[t] - nx[t]) / n
let dh[t] = V' @ dz[t] + U' @ (dh[t+1] * (1 - h[t+1]^2))
claim "bad P": grad(P) = sum(t, dq[t] @ h[t]')
claim "bad W": grad(W) = sum(t, (dh[t] * (1 - h[t]^2)) @ x[t]')
claim "bad V": grad(V) = sum(t, dz[t]) @ sum(t, h[t]')
