steps T = 3
size  m = 3
input v[t] : m x 1
param W : m x m
start h[0] : m x 1

a[t] = W * h[t-1] + v[t]
h[t] = tanh(a[t+1])
u[t] = u[t] + h[t]

loss sum(t, sum(h[t]))
