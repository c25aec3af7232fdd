title "Two slips"

steps T = 3
size  m = 2, n = 4

input x[t] : m x 1
param U : n x m
param W : n x n
param bias : n x 1
start h[0] : n x 1 ~ uniform(-1, 1)

a[t] = W @ h[t-1] + x[t] @ U + biass
h[t] = tanh(a[t])

loss sum(t, sum(h[t]^2))
