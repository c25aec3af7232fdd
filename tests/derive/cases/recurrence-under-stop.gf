# A recurrence that reaches the loss under stop alone: its gradient is zero, whatever its shape.
steps T = 2
size n = 3, m = 1
param b : 1 x 1
start h[T+1] : 1 x 1
input x[t] : 1 x n
input u[t] : 1 x 1
h[t] = h[t+1] + cols([x[1], u[1]], 1+n, n+m)
s[t] = stop(h[1])
loss s[1] + b
