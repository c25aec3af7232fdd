# A file without a loss.
# error 1:1 the file has no loss: add a line such as loss sum(t, L[t])
