# Ranges that are empty at a step, and a shape that changes with it.
steps T = 3
size m = 2
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(W @ h[t-1])
a[t] = hcat(j, 1..t, h[j])
b[t] = max(j, 2..t, h[j])
c[t] = hcat(j, 2..t, h[j]) @ ones(t-1, 1)
loss sum(W)
# error 7:8 the right side is 2 x 2 at t = 2, but a is 2 x 1 at all its steps
# error 8:8 max(j, 2..t, h[j]): the range is empty, so there is no largest one at t = 1
# error 9:28 hcat(j, 2..t, h[j]) @ ones(t-1, 1): 2 x 0 times 0 x 1, only a part of [ ] may have no rows or columns at t = 1
