# Uses at steps that run against time, across the cuts.
steps T = 3
truncate 1
param R : 2 x 1
input x[t] : 2 x 1
f[t] = tanh(R * x[t])
r[t] = f[T+1-t] + f[2]
loss sum(t, sum(r[t]^2))
