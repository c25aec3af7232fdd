# error 14:11 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# error 16:8 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# error 17:12 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# error 18:14 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# error 19:13 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# error 26:19 an operator is missing before this: a @ b is the matrix product, a * b the product element by element
# claim error 21:16 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# claim error 22:12 ? stands in an equality only: nobody can tell what belongs in an inequality; write it out
# claim error 23:18 ? stands for what is still to be written, in a let or an equality; here it has no meaning
# claim error 24:12 a gradient is by a name of the graph, such as h[t] or W
# claim error 25:23 ? stands for what is still to be written, in a let or an equality; here it has no meaning
steps T = 3
size n = 2
param W : ? x n
input x[t] : n x 1
z[t] = ? + x[t]
size m = n+?
start z[0] = ? * 2
loss sum(t, ?)
# in a let or a claim the line alone is wrong
let a[t] = x[t+?]
claim x[t] <= ?
claim grad(x[t], ?) = x[t]
claim grad(?) = x[t]
claim x[t] = ? within ?
claim x[t] = x[t] ?
