# The same through rows.
steps T = 2
size m = 3
param F : m x m
start h[0] : m x 1
h[t] = [rows(h[t-1], 2, m); 1]
w = F @ stop(h[1])
loss norm(w)
