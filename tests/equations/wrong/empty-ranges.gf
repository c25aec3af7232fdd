# Where an empty sum or product cannot have the shape that is needed, or nothing tells which.
param W : 2 x 3
param V : 3 x 4
a = [sum(j, 1..0, rows(W, 1, j)), W]
b = [sum(j, 1..0, rows(W, 1, j)); W]
c = W + prod(j, 1..0, W)
d = W * V
loss sum(W)
# error 4:6 sum(j, 1..0, rows(W, 1, j)): how many columns this has is open here
# error 5:6 sum(j, 1..0, rows(W, 1, j)): how many rows this has is open here
# error 6:7 W + prod(j, 1..0, W): an empty product is the identity, and here stands 2 x 3
# error 7:7 W * V: 2 x 3 times 3 x 4 element by element, rows 2 and 3 differ and neither is 1
