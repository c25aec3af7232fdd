# Sizes and indices that come to nothing.
steps T = 4
size n = 3, half = n / 2, none = 1 / (n - 3), huge = 10^18, minus = n - 4, root = 2^-1
param A : half x n
param B : minus x n
param C : 0 x n
param D : 2000 x 2000
param E : n x 10^9
start h[2] : n x 1
start h[0] : n x 1
start h[1-1] : n x 1
start k[0] : n x 1
h[t] = h[t-1]
start k[-1] : 1 x n
k[t] = k[t-1]
let l[2] = h[2]
let l[1+1] = h[2]
loss sum(h[T])
# error 3:22 n / 2 does not come out even
# error 3:36 1 / (n - 3) divides by zero
# error 3:56 10^18 is too large
# error 3:84 2^-1 is no integer
# error 5:11 a matrix has at least one row and one column, not -1
# error 6:11 a matrix has at least one row and one column, not 0
# error 7:11 2000 x 2000 are more entries than a matrix may have, which is 1000000
# error 8:11 3 x 1000000000 are more entries than a matrix may have, which is 1000000
# error 9:9 step 2 is not beyond the ends: a start stands outside 1..4
# error 11:10 step 0 is given twice: it has a line of its own on line 10
# error 14:15 k is 1 x 3 here, but a name has one shape at all its steps
# error 17:8 step 2 is given twice: it has a line of its own on line 16
