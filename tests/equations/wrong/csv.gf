# Files that cannot be read.
size n = 2
param A : n x n = csv("nosuch.csv")
param B : n x n = csv("..")
param C : n x n = csv("/nosuch/nosuch.csv")
param D : n x n = csv("init.gf")
loss sum(A)
# error 3:19 nosuch.csv: No such file or directory
# error 4:19 ..: this is a folder: write the name of a file
# error 5:19 /nosuch/nosuch.csv: No such file or directory
# error 6:19 init.gf:2: 'steps' is no number
