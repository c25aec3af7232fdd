title "Every other step"

steps T = 30
size  n = 3, m = 2

input x[t] : n x 1
param W : m x n

h[t] = tanh(W @ x[t])

loss sum(j, 1..T/2, sum(h[2*j]^2))
