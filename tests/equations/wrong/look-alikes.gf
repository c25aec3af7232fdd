# Letters of other scripts that look like those of declared names.
steps T = 2
size m = 2
input x[t], А[t] : m x 1
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(W @ х[t] + A[t] + W @ h[t-1])
s[t] = ｘ[t] + h[t]
loss sum(t, s[t])
# error 7:17 х is not declared
# error 7:24 A is not declared
# error 8:8 ｘ is not declared
