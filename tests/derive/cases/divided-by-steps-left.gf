steps T = 3
size m = 2
param U : m x m
input x[t] : m x 1
start h[0] : m x 1
h[t] = tanh(U @ x[t] + z[t])
z[t] = U @ (h[t-1] / (T + 1 - t))
loss sum(t, sum(h[t]))
