# Entries and slopes that are none.
steps T = 4
param W : 3 x 2
param slope : 1 x 1
a1 = entry(W, 4, 1)
a2 = entry(W, 1, 0)
a3 = entry(W, 2)
a4 = leaky_relu(W)
a5 = leaky_relu(W, slope)
a6 = softplus(W, 1)
loss sum(W)
# error 5:6 entry(W, 4, 1): 3 x 2, row 4 of 3
# error 6:6 entry(W, 1, 0): 3 x 2, column 0 of 2
# error 7:6 entry takes 3 arguments, not 2
# error 8:6 leaky_relu(W) is relu with a slope below 0, which is written out: write leaky_relu(W, 0.01)
# error 9:20 slope: here stands a number, of sizes and indices, not a matrix
# error 10:6 softplus takes 1 argument, not 2
