steps T = 4
size m = 4, k = 3
input y[t] : k x 1 ~ onehot
param U : m x k
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
start p[0] : k x 1 = [1; 0; 0]
a[t] = U @ p[t-1] + W @ h[t-1]
h[t] = tanh(a[t])
z[t] = V @ h[t]
p[t] = softmax(z[t])
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])
