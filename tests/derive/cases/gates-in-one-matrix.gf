steps T = 3
size m = 3, n = 2, g = 4*m
param W : g x m+n
param b : g x 1
input x[t] : n x 1
start h[0] : m x 1 = 0.2
start c[0] : m x 1 = 0.2
v[t] = W @ [h[t-1]; x[t]] + b
f[t] = sigmoid(rows(v[t], 1, m))
i[t] = sigmoid(rows(v[t], m+1, 2*m))
o[t] = sigmoid(rows(v[t], 2*m+1, 3*m))
k[t] = tanh(rows(v[t], 3*m+1, g))
c[t] = f[t] * c[t-1] + i[t] * k[t]
h[t] = o[t] * tanh(c[t])
loss sum(h[T]) + sum(t, sum(rows(v[t], 1, m) * c[t]))
