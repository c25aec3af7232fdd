# A use at a fixed step across the cut between the steps 1 and 2.
steps T = 2
truncate 1
param R : 1 x 1
f[t] = R
r[t] = f[1]
loss sum(r[T]^2)
