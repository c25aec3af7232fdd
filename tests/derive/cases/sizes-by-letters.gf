steps T = 3
size m = 4, n = 2, B = 5
size g = 4*m
input x[t] : B x n
param W : m+n x g
param b : 1 x g
param Q : m x n
param R : m*n x 1
start h[0] : B x m
start c[0] = zeros(B, m)
start d[0] = zeros(m, 1)
d[t] = tanh(d[t-1] + Q @ Q' @ d[t-1])
a[t] = [h[t-1], x[t]] @ W + b
i[t] = sigmoid(cols(a[t], 1, m))
f[t] = sigmoid(cols(a[t], m+1, 2*m))
o[t] = sigmoid(cols(a[t], 2*m+1, 3*m))
u[t] = tanh(cols(a[t], 3*m+1, 4*m))
c[t] = f[t] * c[t-1] + i[t] * u[t]
h[t] = o[t] * tanh(c[t])
q = vec(Q) * R
z = [d[T]; d[1]]
r = [vec(Q); R; q]
loss sum(h[T]) + sum(q^2) + sum(z^2) + sum(r^3)
