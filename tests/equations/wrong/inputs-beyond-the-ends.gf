# What a convolution over time reads before its first step, and behind its last.
steps T = 4
size n = 2
input x[t] : n x 1
given y[t] : n x 1
h[t] = x[t-2] + y[t]
g[t] = x[t+1]
loss sum(t, sum(h[t] * g[t]))
# error 6:8 x[t-2] at t = 1 is x[-1], which nothing gives
# error 7:8 x[t+1] at t = 4 is x[5], which nothing gives
