steps T = 4
param w : 1 x 1
h[t] = w
loss sum(h)
# error 4:1 loss sum(h) is the loss over the steps (of the last one it is h[T]): write loss sum(t, h[t])
