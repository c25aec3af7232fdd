steps T = 3
size  n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h^{(t)} = \tanh(U x^{(t)} + W h^{(t-1)})
loss np.mean((V @ h[T] - y[T])**2)
claim dL/dW = sum(t, np.outer(grad(h[t]), h[t-1]))
