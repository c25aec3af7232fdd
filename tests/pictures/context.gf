title "Context from outside"
steps T = 5
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
input w : 1 x n
param A, U : n x m
param W : m x m
param V : m x k
start h[0] : 1 x m = 0
C = tanh(w @ A)
h[t] = tanh(x[t] @ U + h[t-1] @ W + C)
z[t] = h[t] @ V
L[t] = cross_entropy(z[t], y[t])
R = norm(A)
loss sum(t, L[t]) + 0.1 * R
