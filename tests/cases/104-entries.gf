# Entries, rows and columns of what people compute one number at a time.
#! "bad 1" : claim entry(grad(V), 1, 2) = sum(t, (entry(p[t], 1, 1) - entry(y[t], 1, 1)) * entry(h[t], 2, 1))
#! "bad 2" : claim entry(grad(W), 2, 1) = sum(t, entry(grad(a[t]), 2, 1) * entry(h[t-1], 1, 1))
#! "bad 3" : claim rows(grad(U), 1, 1) = sum(t, entry(grad(a[t]), 1, 1) * x[t]')
#! "bad 4" : claim entry(jacobian(h[t], h[t-1]), 1, 2) = (1 - entry(h[t], 1, 1)^2) * entry(W, 1, 2)
steps T = 4
size n = 3, m = 4, k = 3
seed 81
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = tanh(a[t])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))
let p[t] = softmax(z[t])
claim "bad 1": entry(grad(V), 1, 2) = sum(t, (entry(p[t], 1, 1) - entry(y[t], 1, 1)) * entry(h[t], 1, 1))
claim "bad 2": entry(grad(W), 2, 1) = sum(t, entry(grad(a[t]), 1, 1) * entry(h[t-1], 2, 1))
claim "bad 3": rows(grad(U), 1, 1) = sum(t, entry(grad(a[t]), 1, 1) * x[t])
claim "bad 4": entry(jacobian(h[t], h[t-1]), 1, 2) = (1 - entry(h[t], 2, 1)^2) * entry(W, 1, 2)
