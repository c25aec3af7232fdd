steps T = 2
param w : 1 x 1
start h[0] : 1 x 1
start h[-2000000000] : 1 x 1
start h[2147483647] : 1 x 1
h[t] = w * h[t-1]
loss h[T]
# error 4:9 step -2000000000 is more than 10000001 away from 0
# error 5:9 step 2147483647 is more than 10000001 away from 0
