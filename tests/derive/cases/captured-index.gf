steps T = 3
size m = 2
param x0, w0 : m x 1
param h0 : m x 1
input x[t] : m x 1
input w[t] : m x 1
input h[t] : m x 1
loss sum(t, sum(j, 1..T, sum(x[t] * h[j] * w[j])))
