# mean squared error divides by the number of scores: by 2 here, which its own 2 cancels
steps T = 4
size  n = 2, m = 3, k = 2

input x[t] : n x 1
given y[t] : k x 1 ~ normal(0, 1)
param U : m x m
param W : m x n
param V : k x m
start h[0] : m x 1 = 0

h[t] = tanh(U @ h[t-1] + W @ x[t])
s[t] = V @ h[t]
loss sum(t, mse(s[t], y[t]))

claim "scores": grad(s[t]) = s[t] - y[t]
