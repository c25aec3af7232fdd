# Names that stand for nothing, or for something else than is needed.
steps T = 4
size n = 3, wide = 2
input x[t] : n x 1
param Weight : n x n
param V : n x n = W
param V2 : n x Weight
param V3 : n x t
param V4 : n x 2.5
param V5 : n x tanh(n)
param V6 : n x [1]
h[t] = Weigth @ x[t]
a1[t] = wide2 + Wide
a2[t] = x
a3[t] = Weight[t]
a4[t] = n[t]
a5[t] = x[Weight]
a6[t] = x[x[t]]
a7 = x[t]
a8 = t
a9[t] = lets[t]
a10[t] = tanh
a11[t] = sum(j, x[j])
a12[t] = sum(T, 1..2, x[T])
a13[t] = sum(tanh, 1..2, 3)
a14[t] = sum(j, 1..x, 3) + j
a15[t] = sum(j, 1..2, sum(k, 1..j, x[k])) + k
a16[t] = unknown[t] + unknown[t-1]
let lets[t] = nowhere
claim lets[T+1] = lets2[t]
claim j = 1 for j = 1..j
claim 1 = 1 for T = 1..2
claim 1 = 1 for j = 1..2, j = 1..2
claim k = 1 for j = 1..t, k = 1..j within Weight
loss sum(t, sum(h[t]))
# error 6:19 W is not declared
# error 7:16 Weight is a matrix, but here stands an integer, of sizes and indices
# error 8:16 t is bound by nothing here: it is the step of NAME[t] = …, and of sum(t, …)
# error 9:16 here stands an integer, of sizes and indices with + - * /
# error 10:16 tanh is a function, but here stands an integer, of sizes and indices with + - * /
# error 11:16 here stands an integer, of sizes and indices with + - * /
# error 12:8 Weigth is not declared
# error 13:9 wide2 is not declared
# error 13:17 Wide is not declared
# error 14:9 x has a time
# error 15:9 Weight has no time: it is the same at every step
# error 16:9 n is a number, and has no index
# error 17:11 Weight is a matrix, but here stands an integer, of sizes and indices
# error 18:11 x is a matrix, but here stands an integer, of sizes and indices
# error 19:1 a7 has no index, but the right side is that of step t: [t] is missing
# error 20:1 a8 has no index, but the right side is that of step t: [t] is missing
# error 21:9 lets is a let, whose values are for lets and claims: this line is a let, too, or line 29 an equation
# error 22:10 tanh is a function, and needs its argument in brackets
# error 23:10 j runs over no range here
# error 24:14 T has a meaning already, and cannot be an index: choose another name
# error 25:14 tanh has a meaning already, and cannot be an index: choose another name
# error 26:20 x is a matrix, but here stands an integer, of sizes and indices
# error 26:28 j is not declared
# error 27:45 k is not declared
# error 28:10 unknown is not declared
# error 28:23 unknown is not declared
# claim error 29:15 nowhere is not declared
# claim error 30:19 lets2 is not declared
# claim error 31:24 j is an index without a range
# claim error 32:17 T has a meaning already, and cannot be an index: choose another name
# claim error 33:27 j has a range already
# claim error 34:43 Weight is a matrix of the model, but here stand constants alone; a start that is computed is an equation, without a shape: start h[0] = …
