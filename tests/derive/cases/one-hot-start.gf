# Targets whose start does not sum to 1.
steps T = 2
size m = 2
param z : m x 1
given y[t] : m x 1 ~ onehot
start y[0] : m x 1
L[t] = cross_entropy(z, y[t-1])
loss sum(t, L[t])
