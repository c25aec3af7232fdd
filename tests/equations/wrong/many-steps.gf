steps T = 10^8
h[t] = 1
loss h[1]
# error 1:13 100000000 steps need more nodes than a graph may have
