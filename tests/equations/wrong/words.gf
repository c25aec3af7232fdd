# The words of the language, written as if they were names.
loss = sum(t,
  L[t]) # over time
steps = 5
title: "a : b"
size = 2*k
truncate: 2
claim = grad(U)
let = 2
input = 1
start =
steps 5
size 3
loss[t] = 1
param : 1 x 1
loss 1
given = 1
givne y[t] : 1 x 1
given z[1] : 1 x 1
y : 1 x 1
# error 2:1 loss = … is the loss, which has no sign behind it: write loss …
# error 4:1 steps = 5 is the number of steps: write steps T = 5
# error 5:1 title is a word of the language: write title "a : b", or choose another name
# error 6:1 size is a word of the language: write size n = 2*k, or choose another name
# error 7:1 truncate is a word of the language: write truncate 2, or choose another name
# error 8:1 claim is a word of the language: write claim a = grad(U), or choose another name
# error 9:1 let is a word of the language: write let a = 2, or choose another name
# error 10:1 input is a word of the language: write input x : 1 x 1 = 1, or choose another name
# error 11:1 start is a word of the language: write start h[0] : 1 x 1 = …, or choose another name
# error 12:7 expected a name, as in steps T = 5, found 5
# error 13:6 expected a name, as in size n = 3, found 3
# error 14:1 loss is a word of the language, and cannot be a name: choose another
# error 15:7 expected a name, found :
# error 17:1 given is a word of the language: write given y : 1 x 1 = 1, or choose another name
# error 18:1 no statement begins with givne: did you mean given?
# error 19:9 an input has the index t; a step beyond the ends is given by start x[0] : …
# error 20:1 y : 1 x 1 is a declaration: write given y[t] : 1 x 1
