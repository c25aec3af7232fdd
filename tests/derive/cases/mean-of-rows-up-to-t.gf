steps T = 3
size n = 4
param x : n x 1
L[t] = mean(rows(x, 1, t))
loss sum(t, L[t])
