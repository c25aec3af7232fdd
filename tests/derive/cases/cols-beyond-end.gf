# Columns of a gradient beyond the end.
steps T = 2
start a[0] : 1 x 2
a[t] = [2, cols(a[t-1], 1, 1)]
loss sum(t, mean(a[t]^2))
