steps T = 3
size n = 2
input x[t] : n x 1
param U : n x n
start h[0] : n x 1 = 1
a[t] = U @ h[t-1] + x[t]
h[t] = tanh(a[t])
loss sum(t, sum(h[t])) + sum(h[T]^2)
let dh[t] = ones(n, 1) + ?
let dh[T] = ?
let da[t] = ? * (1 - h[t]^2) - ?
let q[t] = sum(t, ?)
claim grad(h[t]) = dh[t]
claim q[t] = ?
claim "U": grad(U) = sum(t, ? @ h[t-1]')
claim jacobian(h[t], h[j]) = ?  for j = 1..t-1
claim ? = grad(a[t]) = da[t]
