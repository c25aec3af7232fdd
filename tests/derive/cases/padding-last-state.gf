steps T = 4
size n = 3, m = 4, k = 3, B = 2
input x[t] : B x n
input y : B x k ~ onehot
input M[t] : B x 1 = {[1; 1], [1; 1], [1; 0], [1; 0]}
param U : n x m
param W : m x m
param V : m x k
start h[0] : B x m = 0
a[t] = x[t] @ U + h[t-1] @ W
h[t] = M[t] * tanh(a[t]) + (1 - M[t]) * h[t-1]
s = h[T] @ V
loss cross_entropy(s, y) / B
