# Initial values that do not fit. (Where the text is wrong, no csv file is looked for elsewhere; see csv.gf.)
steps T = 3
size n = 2
param A : n x n = [1, 2, 3]
param B : n x n = {1, 2, 3}
param C : n x n ~ nromal(0, 1)
param D : n x n ~ normal(0)
param E : n x n ~ onehot(3)
param F : n x n ~ normal(0, -1)
param G : n x n ~ uniform(1, 0)
param H : n x n ~ normal(0, [1, 2])
param I : n x n = A
param J : n x n = tanh
param K : n x n = t
param L : n x n = csv("../nosuch.csv")
param M : n x n = csv(".")
param N : n x n = csv("numbers.csv")
param O : n x n = csv("words.csv")
input p[t] : n x 1 = {1, [1; 2]}
input q[t] : n x 1 = {1, 2, [1; 2; 3]}
input r[t] : n x 1 = csv("numbers.csv")
input s[t] : 1 x 3 = csv("numbers.csv")
param P : n x n = csv("long.csv")
param P2 : n x n = csv("odd.csv")
param P3 : 3 x n = csv("numbers.csv")
param P4 : 4 x 1 = csv("long.csv")
param Q : n x n = grad(A)
param R : n x n ~ banana
param S : 1 x 1 = csv("large.csv")
param T2 : 1 x 1 = csv("endless.csv")
param U[t] : n x n = {1, 2}
param V[t] : n x 1 = csv("numbers.csv")
given w[t] : n x 1 = {1, 2, [1; 2; 3]}
given z[t] : n x 1 = csv("numbers.csv")
given B1[t] : n x n ~ bernoulli(1.5)
param B2 : n x n ~ bernoulli(-1)
param B3 : n x n ~ bernoulli
param B4 : n x n ~ bernouli(0.5)
loss sum(A)
# error 4:19 the value is 1 x 3, but A is 2 x 2 (a 1 x 1 value would fill it)
# error 5:19 { } lists one matrix a step, for an input or a param with [t]; one matrix stands in [ ]
# error 6:19 nromal is no distribution
# error 7:19 normal has other arguments
# error 8:19 onehot has other arguments
# error 9:19 normal: sd is -1: it must be finite and not negative
# error 10:19 uniform: hi is 0: it must be finite and not below lo, nor too far from it
# error 11:29 here stands one number
# error 12:19 A is a matrix of the model, but here stand constants alone; a start that is computed is an equation, without a shape: start h[0] = …
# error 13:19 tanh is a function, and needs its argument in brackets
# error 14:19 t is bound by nothing here: it is the step of NAME[t] = …, and of sum(t, …)
# error 16:19 .: this is a folder: write the name of a file
# error 17:19 numbers.csv:2: 3 numbers on the line, not 2: N is 2 x 2, a line a row
# error 18:19 words.csv:2: 'four' is no number
# error 19:22 2 values for 3 steps: the list has one matrix a step
# error 20:29 the value is 3 x 1, but q is 2 x 1 (a 1 x 1 value would fill it)
# error 21:22 numbers.csv:2: 3 numbers on the line, not 2: r[t] is 2 x 1, a line a step, row by row
# error 22:22 numbers.csv:4: the file ends here, but there are 3 steps, a line each
# error 23:19 long.csv:3: the file goes on behind the last row
# error 24:20 odd.csv:1: '1e3e' is no number
# error 25:20 numbers.csv:2: 3 numbers on the line, not 2: P3 is 3 x 2, a line a row
# error 26:20 long.csv:1: 2 numbers on the line, not 1: P4 is 4 x 1, a line a row
# error 27:19 grad stands in let and claim only, not in the equations of the model
# error 28:19 banana is no distribution
# error 29:19 large.csv:1: -1e999 is too large: numbers go up to 1.8e308
# error 30:20 endless.csv:1: '111111111111111111111111111111111111111111111111111111111111111…' is no number
# error 31:22 2 values for 3 steps: the list has one matrix a step
# error 32:22 numbers.csv:2: 3 numbers on the line, not 2: V[t] is 2 x 1, a line a step, row by row
# error 33:29 the value is 3 x 1, but w is 2 x 1 (a 1 x 1 value would fill it)
# error 34:22 numbers.csv:2: 3 numbers on the line, not 2: z[t] is 2 x 1, a line a step, row by row
# error 35:23 bernoulli: p is 1.5: a probability lies between 0 and 1
# error 36:20 bernoulli: p is -1: a probability lies between 0 and 1
# error 37:20 bernoulli has other arguments
# error 38:20 bernouli is no distribution
