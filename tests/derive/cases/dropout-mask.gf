steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
input y[t] : k x 1
input M[t] : m x 1 = {[1; 0; 1; 1], [0; 1; 1; 0], [1; 1; 0; 1], [0; 1; 0; 1]}
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
r[t] = h[t] * M[t] / (1 - 0.4)
s[t] = V @ r[t]
loss sum(t, mse(s[t], y[t]))
