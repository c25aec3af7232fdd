title "What was learnt, at x = (t - 31) / 10"
size n = 10
steps T = 61
param Ui, Ug, Uo : n x 1 ~ uniform(-0.316, 0.316)
param bi, bg, bo : n x 1 ~ uniform(-0.316, 0.316)
param V : 1 x n ~ uniform(-0.316, 0.316)
param d : 1 x 1 ~ uniform(-0.316, 0.316)

x[t] = (t - 31) / 10
i[t] = sigmoid(Ui * x[t] + bi)
g[t] = tanh(Ug * x[t] + bg)
o[t] = sigmoid(Uo * x[t] + bo)
c[t] = i[t] * g[t]
h[t] = o[t] * tanh(c[t])
out[t] = V @ h[t] + d
loss sum(t, out[t])
