# A gradient beyond the end, beside zeros.
steps T = 2
size m = 2
param R : m x m
ds[t] = sum(j, t-1..t, cols([R, ds[t+1]], 1+m, m+m))
loss mean(ds[T])
start ds[T+1] : m x m
