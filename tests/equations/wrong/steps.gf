steps T = 3 - 3
loss 1
# error 1:13 0 steps: there is at least one
