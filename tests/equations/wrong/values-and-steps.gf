# What should stand there instead, where it can be told.
steps T = 3
input x[t] : 1 x 1 = [1, 2, 3]
input v[t] : 2 x 1 = {[1, 2], [3, 4], [5, 6]}
input u[t] : 2 x 1 = [1, 2, 3; 4, 5, 6]
param w : 1 x 1
start h[0] : 1 x 1 = 0
h[t] = w * h[t-1] + h[t-4]
g[t] = h[-t]
loss h[T]

# error 3:22 the value is 1 x 3, but x is 1 x 1 (a 1 x 1 value would fill it)
# error 4:23 the value is 1 x 2, but v is 2 x 1 (a 1 x 1 value would fill it)
# error 5:22 the value is 2 x 3, but u is 2 x 1 (a 1 x 1 value would fill it)
# error 8:21 h[t-4] at t = 1 is h[-3], which nothing gives
# error 9:8 h[-t] at t = 1 is h[-1], which nothing gives
