steps T = 4000000
a[t] = 1
b[t] = 1
c[t] = 1
loss a[1]
# error 12000000 matrices over 4000000 steps are more than a graph may have nodes
