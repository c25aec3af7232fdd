steps T = 2
size n = 4
param A : n x n
param w : n x 1
loss sum(j, 2..3, sum(rows(A, 1, j) @ w)) + sum(j, 1..2, mean(cols(A, 1, j)))
