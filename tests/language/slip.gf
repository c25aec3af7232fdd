steps T = 5
size  n = 3, m = 4

input x[t] : 1 x n
param Uf : n x m
param Wf : n x m
param bf : 1 x m
start h[0] : 1 x m = 0

f[t] = sigmoid(h[t-1] @ Wf + x[t] @ Uf + bf)
h[t] = tanh(f[t])
loss sum(h[T])
