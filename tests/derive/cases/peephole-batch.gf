steps T = 4
size n = 3, m = 4, k = 2, B = 5
input x[t] : B x n
input y[t] : B x k
param Ui, Uf, Ug, Uo : n x m
param Wi, Wf, Wg, Wo : m x m
param pi, pf, po : 1 x m
param V : m x k
start h[0] : B x m = 0
start c[0] : B x m = 0
zi[t] = x[t] @ Ui + h[t-1] @ Wi + pi * c[t-1]
zf[t] = x[t] @ Uf + h[t-1] @ Wf + pf * c[t-1]
i[t] = sigmoid(zi[t])
f[t] = sigmoid(zf[t])
g[t] = tanh(x[t] @ Ug + h[t-1] @ Wg)
c[t] = f[t] * c[t-1] + i[t] * g[t]
zo[t] = x[t] @ Uo + h[t-1] @ Wo + po * c[t]
o[t] = sigmoid(zo[t])
h[t] = o[t] * tanh(c[t])
loss sum(t, mse(h[t] @ V, y[t]))
