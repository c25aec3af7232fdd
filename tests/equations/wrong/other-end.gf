# What is at the end that a start is not at, and letters that look like others.
steps T = 3
size m = 4
param W : m x m
start h[0] : m x 1 = 0
start b[T+1] : m x 1 = 0
h[t] = tanh(W @ h[t+1])
b[t] = tanh(W @ b[t-1])
loss sum(h[T+1]) + sum(b[0])
# error 7:17 h[t+1] at t = 3 is h[4], which nothing gives
# error 8:17 b[t-1] at t = 1 is b[0], which nothing gives
# error 9:10 h[T+1] is h[4], which nothing gives
