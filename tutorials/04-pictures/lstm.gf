# An LSTM, forward: what the pictures of this tutorial show.

title "LSTM"

steps T = 5
size  n = 3, m = 4, k = 2     # inputs, hidden units, classes
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot   # the class that is right at step t

param Uf, Ui, Ug, Uo : n x m  # from the input
param Wf, Wi, Wg, Wo : m x m  # from the state before
param bf, bi, bg, bo : 1 x m
param V : m x k
param d : 1 x k
start h[0] : 1 x m = 0
start c[0] : 1 x m = 0

zf[t] = x[t] @ Uf + h[t-1] @ Wf + bf
f[t]  = sigmoid(zf[t])                      # forget gate: what stays
zi[t] = x[t] @ Ui + h[t-1] @ Wi + bi
i[t]  = sigmoid(zi[t])                      # input gate: what comes in
zg[t] = x[t] @ Ug + h[t-1] @ Wg + bg
g[t]  = tanh(zg[t])                         # candidate
c[t]  = f[t] * c[t-1] + i[t] * g[t]         # cell state
zo[t] = x[t] @ Uo + h[t-1] @ Wo + bo
o[t]  = sigmoid(zo[t])                      # output gate: what is shown
h[t]  = o[t] * tanh(c[t])

z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

