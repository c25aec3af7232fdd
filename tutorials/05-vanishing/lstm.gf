# An LSTM. The forget gate's bias begins at the number b.
steps T = 40
size  n = 2, m = 8, b = 0

input x[t] : n x 1
given y[t] : m x 1
param Uf, Ui, Ug, Uo : m x n
param Wf, Wi, Wg, Wo : m x m
param bf : m x 1 = b
param bi, bg, bo : m x 1
start h[0] : m x 1 ~ uniform(-1, 1)
start c[0] : m x 1 ~ uniform(-1, 1)

f[t] = sigmoid(Wf @ h[t-1] + Uf @ x[t] + bf)
i[t] = sigmoid(Wi @ h[t-1] + Ui @ x[t] + bi)
g[t] = tanh(Wg @ h[t-1] + Ug @ x[t] + bg)
o[t] = sigmoid(Wo @ h[t-1] + Uo @ x[t] + bo)
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
L[t] = mse(h[t], y[t])
loss sum(t, L[t])
