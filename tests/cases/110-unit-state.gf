# The state is brought to length 1 at every step: quotient rule and the root.
#! "bad 1" : claim grad(h[t]) = -y[t] + W' @ grad(a[t+1])
#! "bad 2" : claim grad(r[t]) = -sum(grad(h[t]) * a[t]) / r[t]^2
#! "bad 2" or : claim grad(r[t]) = -sum(grad(h[t]) * h[t]) / r[t]
#! "bad 3" : claim grad(q[t]) = grad(r[t]) / (2 * r[t])
#! "bad 4" : claim grad(a[t]) = grad(h[t]) / r[t] + 2 * a[t] * grad(q[t])
#! "bad 4" or : claim grad(a[t]) = (grad(h[t]) - h[t] * sum(h[t] * grad(h[t]))) / r[t]
#! "bad 4" hint : q\[t\]|r\[t\]
#! "bad 5" : claim grad(a[t]) = (grad(h[t]) - h[t] * sum(h[t] * grad(h[t]))) / r[t]
#! "bad 6" : claim jacobian(h[t], a[t]) = (eye(m) - h[t] @ h[t]') / r[t]
steps T = 4
size n = 3, m = 4
seed 49
input x[t] : n x 1
given y[t] : m x 1
param U : m x n
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
q[t] = sum(a[t]^2)
r[t] = sqrt(q[t])
h[t] = a[t] / r[t]
loss -sum(t, sum(y[t] * h[t]))
claim "bad 1": grad(h[t]) = y[t] + W' @ grad(a[t+1])
claim "bad 2": grad(r[t]) = -sum(grad(h[t]) * a[t]) / r[t]
claim "bad 3": grad(q[t]) = grad(r[t]) / r[t]
claim "bad 4": grad(a[t]) = grad(h[t]) / r[t]
claim "bad 5": grad(a[t]) = (grad(h[t]) - a[t] * sum(a[t] * grad(h[t]))) / r[t]
claim "bad 6": jacobian(h[t], a[t]) = (eye(m) - h[t] @ h[t]') / q[t]
