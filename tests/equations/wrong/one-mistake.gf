# One mistake, one error: what uses a name that could not be read, or could not be worked out, is not to blame; what is
# wrong by itself is said all the same.
steps T = 3
size n = 2, m = 2/n/2
param W : n x n
param V : 2 x 3
a = W @ Q
a2 = [a', a] + V @ a
b = sum(j, 1..Q, W)
b2 = b + V @ V
c = rows(W, 1, 5/2)
c2 = c @ V @ c
d = zeros(7/2, 2)
e = W @ ones(2, n^70)
f = V + (1
f[t] = 2
f2 = V @ V
g = W @ sum(size, 1..2, W)
h = sum(j, j..2, W)
k[t] = h[t] @ V
l = W @ zeros([1, 2], 2)
o = V / (V @ W)
o2 = o @ o @ W
p = W^W[1]
q[t+1] = q[t]
q2[t] = q[t] @ V @ V
r = x y +
s = r @ V @ V
u = n[1]
v[t] = v[t-1] @ V
let let = 1
let y[t] = y[t+1] @ V @ V
param then : 2 x 2 = [1, 2; 3]
start a[0] : 2 x 2
start z[0] : 2 x 2
start V[0] : 2 x 3
param size : 2 x 2
param end : 0 - 1 x 2
param ends : 0.5 x 2
param big : n^40 x 2
param huge : n^70 x 2
param mm : m x m
truncate 0 - 1
claim W = b
claim V = V for size = 1..2
claim V = V for j = 1..2, j = 1..2
claim grad(W + V) = V
claim grad(W, V) = W
claim jacobian(V, 3) = V
claim grad(a | 3) = a
claim V[1] = V
claim sum(W, V) = 1
claim prod(j, V) = 1
claim clip(V, V, 1) = V
claim V @ [1, 2, 3] = V within V
claim y[2/3] = 1
loss sum(V)
loss W
# error 4:20 2/n/2 does not come out even
# error 7:9 Q is not declared
# error 9:15 Q is no size and no index
# error 11:17 5/2 does not come out even
# error 13:12 7/2 does not come out even
# error 14:18 n^70 is too large
# error 15:9 this bracket is not closed
# error 18:13 size has a meaning already, and cannot be an index: choose another name
# error 19:12 j is no size and no index
# error 20:8 h has no time: it is the same at every step
# error 21:15 here stands an integer, of sizes and indices with + - * /
# error 24:7 W has no time: it is the same at every step
# error 25:4 the index on the left is t itself: shift the line in time
# error 27:7 an operator is missing before this: a @ b is the matrix product, a * b the product element by element
# error 29:5 n is a number, and has no index
# error 31:5 let is a word of the language, and cannot be a name: choose another
# error 33:22 [1, 2; 3]: 1 x 2 and 1 x 1, part 1 has 2 columns, part 2 has 1
# error 34:7 a has no time, so that there is no step before the first
# error 35:7 z has a start, but no equation and no input defines it
# error 36:7 V has no time, so that there is no step before the first
# error 37:7 size is a word of the language, and cannot be a name: choose another
# error 38:15 a matrix has at least one row and one column, not -1
# error 39:14 here stands an integer, of sizes and indices with + - * /
# error 40:13 1099511627776 x 2 are more entries than a matrix may have, which is 1000000
# error 41:15 n^70 is too large
# error 43:12 a gradient passes back over at least one step, not over -1
# error 45:17 size is a word of the language, and cannot be a name: choose another
# error 58:1 a file has one loss: leave one of the two out
# claim error 46:27 j has a range already
# claim error 47:14 a gradient is by a name of the graph, such as h[t] or W
# claim error 49:19 a gradient is by a name of the graph, such as h[t] or W
# claim error 50:16 behind the bar stand names of the graph, such as c[t] or h
# claim error 51:7 V has no time: it is the same at every step
# claim error 52:7 W runs over no range here
# claim error 53:7 j runs over no range here
# claim error 55:32 V is a matrix of the model, but here stand constants alone; a start that is computed is an equation, without a shape: start h[0] = …
