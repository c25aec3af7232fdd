steps T = 99999999999999999999
size n = 2^60
param w : 1 x 1
loss w
# error 1:11 this number is too large: integers go up to 2^53
# error 2:11 2^60 is too large
