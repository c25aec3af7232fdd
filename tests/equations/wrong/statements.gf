# Statements that lack a part, or begin with no word of the language.
title
title none
steps 5
steps T
size
size n =
size n = 3 m = 4
parm W : 3 x 3
Param W : 3 x 3
param W
param W : 3
param W : 3 by 3
param W : 3 x
param W : 3 x 3 ~
param W : 3 x 3 normal(0, 1)
param W, : 3 x 3
W : 3 x 3
input x[t : 3 x 3
start : 3 x 3
loss
let
let a
claim
claim "label" a = b
claim a
claim a = b for
claim a = b for j
claim a = b for j = 1
claim a = b within
claim a = b c
truncate
3 = 4
h[t]
wobble "x"
loss[t] = 3
seed = 4
let size[t] = 3
param claim : 1 x 1
[1, 2] = 3
# error 2:6 the line ends here: write the rest, as in title "An LSTM"
# error 3:7 expected the title between quotes, as in title "An LSTM", found none
# error 4:7 expected a name, as in steps T = 5, found 5
# error 5:8 expected =, as in steps T = 5, but the line ends here
# error 6:5 the line ends here: write the rest, as in size n = 3
# error 7:9 expected a value, but the line ends here
# error 8:10 3 m = 4 is a list of sizes, with commas between them: write 3, m = 4
# error 9:1 no statement begins with parm: did you mean param?
# error 10:1 no statement begins with Param: did you mean param?
# error 11:8 expected a colon and the shape, such as : 3 x m, but the line ends here
# error 12:9 : 3 is a column, and a shape has two sides: write : 3 x 1
# error 13:9 : 3 by 3 is a shape, which has an x between its sides: write : 3 x 3
# error 14:14 expected a value, but the line ends here
# error 15:18 expected a distribution: normal(mean, sd), uniform(lo, hi), xavier, he, orthogonal, onehot or bernoulli(p), but the line ends here
# error 16:9 : a x b normal(…) is a shape and a distribution, before which stands ~: write : m x n ~ normal(…)
# error 17:10 expected a name, found :
# error 18:1 W : 3 x 3 is a declaration: write param W : 3 x 3
# error 19:11 expected an operator or ], found :
# error 20:7 expected a name, found :
# error 21:5 the line ends here: write the rest, as in loss sum(t, L[t])
# error 22:4 the line ends here: write the rest, as in let p[t] = softmax(z[t])
# error 23:6 expected =, but the line ends here
# error 24:6 the line ends here: write the rest, as in claim grad(W) = sum(t, dW[t])
# error 25:1 claim "b" a = … is a label, which has a colon behind it: write claim "…": …
# error 26:8 expected a relation (a claim says a = b, a <= b, a < b, a >= b or a > b), but the line ends here
# error 27:16 expected a name, but the line ends here
# error 28:18 expected = and the range, such as for j = 1..t, but the line ends here
# error 29:13 for j = 1 is an index of one value, which is a range: write for j = 1..1
# error 30:19 expected a value, but the line ends here
# error 31:13 an operator is missing before this: a @ b is the matrix product, a * b the product element by element
# error 32:9 the line ends here: write the rest, as in truncate 3
# error 33:1 expected a statement, found 3
# error 34:5 expected =, but the line ends here
# error 35:1 no statement begins with wobble; an equation is wobble[t] = …
# error 36:1 loss is a word of the language, and cannot be a name: choose another
# error 37:1 seed is a word of the language: write seed 4, or choose another name
# error 38:5 size is a word of the language, and cannot be a name: choose another
# error 39:7 claim is a word of the language, and cannot be a name: choose another
# error 40:1 expected a statement, found [
