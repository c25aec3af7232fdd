steps T = 5
size n = 3, m = 4
input x[t] : n x 1
input y[t] : m x 1
param Wg, Wi, Wf, Wo : m x n+m
start h[0] : m x 1 = 0
start s[0] : m x 1 = 0
v[t] = [x[t]; h[t-1]]
g[t] = tanh(Wg @ v[t])
i[t] = sigmoid(Wi @ v[t])
f[t] = sigmoid(Wf @ v[t])
o[t] = sigmoid(Wo @ v[t])
s[t] = g[t] * i[t] + s[t-1] * f[t]
h[t] = o[t] * tanh(s[t])
loss sum(t, mse(h[t], y[t]))
