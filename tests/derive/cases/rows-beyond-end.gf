# Rows of a gradient whose recursion has no shape of its own at the last step.
steps T = 2
size k = 3
param W : k x 2
start a[0] : k x 2
a[t] = [rows(a[t-1], 2, k); rows(a[t-1], 1, 1)]
loss sum(W * a[1])
