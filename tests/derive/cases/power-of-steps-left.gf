steps T = 3
size m = 2
param U : m x m
input x[t] : m x 1
start h[0] : m x 1
g[t] = sigmoid(U @ x[t])
z[t] = h[t-1] * g[t] ^ (T - t)
h[t] = tanh(U @ x[t] + z[t])
loss sum(t, sum(h[t]))
