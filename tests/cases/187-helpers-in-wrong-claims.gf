# Probabilities and states under other names: all that uses them is wrong, and they are right.
#! "bad z" : claim grad(z[t]) = (p[t] - y[t]) / T
#! "bad V" : claim grad(V) = sum(t, (p[t] - y[t]) @ h[t]') / T
#! "bad slope" : claim jacobian(h[t], a[t]) = diag(1 - s[t]^2)
#! "bad a" : claim grad(a[t]) = grad(h[t]) * (1 - s[t]^2)
steps T = 4
size n = 2, m = 4, k = 3
seed 31
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = tanh(a[t])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t])) / T
let p[t] = softmax(z[t])
let s[t] = tanh(a[t])
claim "bad z": grad(z[t]) = p[t] * (1 - p[t]) * (p[t] - y[t]) / T
claim "bad V": grad(V) = sum(t, p[t] * (1 - p[t]) * (p[t] - y[t]) @ h[t]') / T
claim "bad slope": jacobian(h[t], a[t]) = diag(1 - s[t])
claim "bad a": grad(a[t]) = grad(h[t]) * (1 - s[t])
