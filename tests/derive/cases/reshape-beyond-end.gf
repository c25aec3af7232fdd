# A gradient beyond the end, in another shape.
steps T = 1
size k = 2
start c[T+2] : 1 x k = 1
c[t] = sqrt(0.3) * reshape(c[t+2]', 1, k)
loss sum(t, mean(c[t]))
