truncate 1 - 1
loss 1
# error 1:12 a gradient passes back over at least one step, not over 0
