steps T = 3
size n = 3, m = 4
input x[t] : n x 1
given y[t] : 1 x 1
param W : 1 x n
param V : m x n
p[t] = sigmoid(W @ x[t])
L[t] = -(y[t] * log(p[t]) + (1 - y[t]) * log(1 - p[t]))
loss sum(t, L[t]) + norm(V)^2 + 0.5 * norm(W)^2
