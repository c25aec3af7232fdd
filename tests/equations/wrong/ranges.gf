# Ranges that are none, empty ones, and what has another shape at every step.
steps T = 3
size m = 2
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(W @ h[t-1])
a1 = hcat(W, W)
a2 = vcat(j, W)
a3 = hcat([1], [2])
a4 = hcat(h[1], h[2], h[3])
a5 = max(j, 1..0, W)
a6[t] = hcat(j, 1..t, h[j])
a7 = hcat(j, 1..m, rows(W, 1, j)) @ W
a8 = hcat(T, 1..2, W)
a9 = hcatt(j, 1..2, W)
a10 = max(k, W)
a11 = hcat(j, 1..t, W)
a12 = hcat(j, 1..2, V)
a13 = vcat(j, 1..2 W)
a14 = max(i, 1..3)
a15 = hcat(j, 1..0, W)
loss sum(W)
# error 7:6 W runs over no range here
# error 8:6 j runs over no range here
# error 9:6 hcat takes 3 arguments, not 2
# error 10:6 hcat runs over a range, and here is none
# error 11:6 max(j, 1..0, W): the range is empty, so there is no largest one
# error 14:11 T has a meaning already, and cannot be an index: choose another name
# error 15:6 over a range go sum, prod, hcat, vcat and max alone: sum(j, A..B, e)
# error 16:11 k is not declared
# error 17:1 a11 has no index, but the right side is that of step t: [t] is missing
# error 18:21 V is not declared
# error 19:20 expected a comma and an expression, found W
# error 20:18 expected a comma and an expression, found )
