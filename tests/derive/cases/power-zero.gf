# a^0 is the constant 1, at a = 0 as well.
steps T = 1
param D : 2 x 1
start c[0] : 2 x 1 = 0
c[t] = c[t-1]^0 + D
loss sum(c[1]^2)
