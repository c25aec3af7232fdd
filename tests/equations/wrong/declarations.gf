# Names that are declared wrongly, or twice.
steps T = 4
steps S = 4
size n = 3, x = 2, m = k + 1, k = 2
size n = 4
size t = 3
size q = W
param T : 1 x 1
param tanh, grad : 1 x 1
param W : n x n
param W : n x n
input W[t] : n x n
param A[1] : n x n
input y[t+1] : n x n
input z[1] : n x n
start h : n x 1
start h[t-1] : n x 1
start nowhere[0] : n x 1
start W[0] : n x 1
start p[0] : n x 1
h[t] = W @ h[t-1]
h[t] = W @ h[t-1]
h[0] = 3
g[t-1] = W @ g[t] * (t - 1) + sum(t, g[t])
g2[2*t] = W
let p[t] = W
let p[t] = W
let q2[t+1] = U @ q2[t]
let h[t] = 3
let W = 3
seed 1
seed 2
title "a"
title "b"
truncate 2
truncate 2
loss 3
loss 4
# error 3:1 a file has one steps: leave one of the two out
# error 4:13 x stands between the sides of a shape, and cannot be a size: choose another name
# error 4:24 k is declared further down: a size is an expression of earlier ones
# error 5:6 n is declared twice: one of the two has to go, or needs another name
# error 6:6 t is the step itself, and cannot be declared: choose another name
# error 7:10 W is a matrix, but here stands an integer, of sizes and indices
# error 8:7 T is the number of steps, which line 2 sets: change that line, or choose another name
# error 9:7 tanh is a function of the language, and cannot be declared: choose another name
# error 9:13 grad is a function of the language, and cannot be declared: choose another name
# error 11:7 W is declared twice: one of the two has to go, or needs another name
# error 12:7 W is declared twice: one of the two has to go, or needs another name
# error 13:9 a param of its own at each step has the index t; one for all steps has none
# error 14:10 the index on the left is t itself: shift the line in time
# error 15:9 an input has the index t; a step beyond the ends is given by start x[0] : …
# error 16:1 start h : … is the value before the first step: write start h[0] : …
# error 17:10 a start gives one fixed step beyond the ends, such as h[0] or h[T+1]
# error 18:7 nowhere has a start, but no equation and no input defines it
# error 19:7 W has no time, so that there is no step before the first
# error 20:7 p is a let: beyond the ends it is zeros, and a start gives it nothing
# error 22:1 h is declared twice: one of the two has to go, or needs another name
# error 23:1 h[0] = … is the value before the first step: write start h[0] = …
# error 24:4 the index on the left is t itself: shift the line in time
# error 25:5 the index on the left is t itself: shift the line in time
# error 27:5 p is declared twice: one of the two has to go, or needs another name
# error 28:9 the index on the left is t itself: shift the line in time
# error 29:5 h is declared twice: one of the two has to go, or needs another name
# error 30:5 W is declared twice: one of the two has to go, or needs another name
# error 32:1 a file has one seed: leave one of the two out
# error 34:1 a file has one title: leave one of the two out
# error 36:1 a file has one truncate: leave one of the two out
# error 38:1 a file has one loss: leave one of the two out
# claim error 28:15 U is not declared
