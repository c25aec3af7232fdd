steps T = 10^7
loss sum(t, sum(j, 1..T, t * j))
# error 2:13 this asks for more than 51000000 steps of work: sum over fewer values, or set fewer steps
