# What is given may begin with an equation, whose names receive a gradient through it: dy0 had no line.
steps T = 3
size n = 2
input x[t] : 1 x n
given y[t] : 1 x n
param w : 1 x n
start y[0] = w / 2
h[t] = tanh(x[t] * w + y[t-1])
loss sum(t, sum(h[t]))
