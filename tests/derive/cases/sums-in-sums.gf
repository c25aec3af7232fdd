steps T = 6
size m = 3
input x[t] : m x 1
param U : m x m
start h[0] : m x 1
h[t] = tanh(U @ h[t-1] + x[t])
g[t] = sum(j, 1..t, sum(k, 1..j, h[k] * x[j]))
loss sum(t, q[t]^2) + sum(t, sum(k, 1..t, sum(h[t] * h[k]))) + sum(s, 2..T-1, sum(h[s-1]*h[s]*h[s+1])) + sum(t, sum(k, t..T, sum(h[t] / (2 + h[k]^2)))) + sum(sum(t, g[t]^2))
q[t] = sum(j, 1..t, sum(h[t-j+1])) + sum(j, 0..T-t, sum(h[t+j] * x[j+1]))
