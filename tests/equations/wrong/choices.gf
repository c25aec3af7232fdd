# Comparisons, max, min and where that are none.
steps T = 4
size m = 3
param W : m x m
param v : m x 1
a1 = W > 0
a2 = (W > 0 > -1)
a3 = (0 < W <= 1) * W
a4 = (W = 0)
a5 = [W > 0, W]
a6 = (W >)
a7 = (W > v') + (v > ones(2, 1))
a8 = where(W > 0, W)
a9 = where(v > 0, ones(2, 1), v)
a10 = max(W, ones(2, 2))
a11 = rows(W, m > 2, 3)
a12[t] = v[t > 2]
a13 = wher(W, 1, 2)
a14 = where(W > 0, W, v' > )
size k = (m > 2)
where = 3
a15 = max(W)
a16 = W >= 0
loss sum(W)
# error 6:1 a1 = a > … is a comparison, which stands in brackets: write (a > b)
# error 7:13 a comparison has two sides: write (a < b) * (b < c) for a < b < c
# error 8:13 a comparison has two sides: write (a < b) * (b < c) for a < b < c
# error 9:9 expected an operator or ), found =
# error 10:9 a comparison stands in brackets, (a > b), or in a call
# error 11:10 expected a value, found )
# error 12:20 (v > ones(2, 1)): 3 x 1 against 2 x 1, rows 3 and 2 differ and neither is 1
# error 13:6 where takes 3 arguments, not 2
# error 14:6 where(v > 0, ones(2, 1), v): 3 x 1 and 2 x 1 and 3 x 1, rows 3 and 2 differ and neither is 1
# error 15:7 max(W, ones(2, 2)): 3 x 3 and 2 x 2, rows 3 and 2 differ and neither is 1
# error 16:17 here stands an integer, of sizes and indices with + - * /
# error 17:14 a comparison stands in brackets, (a > b), or in a call
# error 18:7 wher is no function
# error 19:28 expected a value, found )
# error 20:13 here stands an integer, of sizes and indices with + - * /
# error 21:1 where is a function of the language, and cannot be declared: choose another name
# error 22:7 max stands in let and claim only, not in the equations of the model
# error 23:1 a16 = a >= … is a comparison, which stands in brackets: write (a >= b)
