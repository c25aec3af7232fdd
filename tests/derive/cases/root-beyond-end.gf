# What stands beyond the end has no root.
steps T = 3
input x[t] : 2 x 1
start f[T+1] : 2 x 1 = -1
f[t] = sigmoid(x[t])
q[t] = f[t+1]
h[t] = h[t-1] * sqrt(f[t])
start h[0] : 2 x 1 = 1
loss sum(t, sum(h[t])) + sum(t, sum(q[t]^2))
