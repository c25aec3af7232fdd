# What only one step, or the values, tell.
steps T = 3
param U : 3 x 3
s[t] = rows(U, 1, t)
v[t] = rows(U, t, t+1)
loss sum(s[T])
# error 4:8 the right side is 2 x 3 at t = 2, but s is 1 x 3 at all its steps
# error 5:8 rows(U, t, t+1): 3 x 3, rows 3 to 4 of 3 at t = 3
