# A recurrence of which only the start reaches the loss.
steps T = 1
size n = 3, m = 3, k = 3
param U : 1 x 1
input x[t] : m+k x 1
start zf[0] : m x 1
zf[t] = rows(x[1], 1, m) + zf[t-1]
a[t] = zf[t-1]
loss norm(a[1] - U)
