# Uses at many steps under a sum, across the cuts.
steps T = 3
truncate 1
param R : 2 x 1
input x[t] : 2 x 1
f[t] = tanh(R * x[t])
r[t] = sum(j, 1..t, f[j])
loss sum(t, sum(r[t]^2))
