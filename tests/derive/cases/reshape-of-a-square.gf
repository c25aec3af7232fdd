size m = 3, n = 3
param X : m x n
Y = reshape(X, n, m)
loss sum(tanh(Y) ^ 3)
