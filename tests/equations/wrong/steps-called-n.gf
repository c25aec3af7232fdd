steps N = 4
param w : 1 x 1
h[t] = w
loss h[T] / T
claim grad(h[t]) = dh[t]
# error 4:8 T is no size and no index
# error 4:13 T is not declared
# claim error 5:20 dh is not declared
