steps T = 5
size n = 3, m = 4, k = 2
seed 3
input x[t] : n x 1
input y[t] : k x 1 ~ onehot
param Wf, Wi, Wg, Wo : m x m+n
param bf, bi, bg, bo : m x 1
param V : k x m
param d : k x 1
start h[0] : m x 1 = 0
start c[0] : m x 1 = 0
v[t] = [h[t-1]; x[t]]
zf[t] = Wf @ v[t] + bf
zi[t] = Wi @ v[t] + bi
zg[t] = Wg @ v[t] + bg
zo[t] = Wo @ v[t] + bo
f[t] = sigmoid(zf[t])
i[t] = sigmoid(zi[t])
g[t] = tanh(zg[t])
o[t] = sigmoid(zo[t])
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
s[t] = V @ h[t] + d
L[t] = cross_entropy(s[t], y[t])
loss sum(t, L[t])
