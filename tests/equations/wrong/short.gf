param W : 4 x 2 = csv("long.csv")
loss sum(W)
# error 1:19 long.csv:4: the file ends here, but there are 4 rows, a line each
