# A batch whose states stay where a mask is 0; bounded from both sides; what is taken by step.
steps T = 4
size n = 3, m = 4, b = 2
input x[t] : b x n
input s[t] : b x 1
given y[t] : b x m
param W : n x m
param U : m x m
param c : 1 x m
start h[0] : b x m = 0
a[t] = x[t] @ W + h[t-1] @ U
q[t] = max(a[t], c) - min(0.3, a[t])
h[t] = where(s[t] > 0, q[t], h[t-1])
k[t] = (a[t] >= 0) * a[t] + where(t > 2, a[t], 0) + (t <= 3) * h[t]
loss sum(t, mse(h[t], y[t]) + sum(k[t] * y[t])) + sum(where(c > 0, log(c), c))
