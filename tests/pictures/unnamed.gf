title "Losses without a name"
steps T = 5
size n = 2, m = 3, k = 2
input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
param U : n x m
param W : m x m
param V : m x k
start h[0] : 1 x m = 0
h[t] = tanh(x[t] @ U + h[t-1] @ W)
loss sum(t, cross_entropy((h[t-1] + h[t]) @ V, y[t])) / T + 0.5 * sum(j, 1..T-1, sum((h[j+1] - h[j])^2))
