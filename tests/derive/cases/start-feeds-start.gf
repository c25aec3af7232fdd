# The start of one name is a step of another, which has a start by a parameter.
steps T = 1
param W : 1 x 1
v[t] = v[t-1]
g[t] = g[t-1]
start v[0] = W
start g[0] = v[1]
loss sum(g[1]^2)
