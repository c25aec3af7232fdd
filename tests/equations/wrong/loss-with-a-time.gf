steps T = 4
param w : 1 x 1
h[t] = w
loss sum(h)
# error 4:10 h has a time
