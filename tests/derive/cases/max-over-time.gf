steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
input y : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
start M[0] : m x 1 = -2
h[t] = tanh(U @ x[t] + W @ h[t-1])
M[t] = M[t-1] + relu(h[t] - M[t-1])
z = V @ M[T]
loss cross_entropy(z, y)
