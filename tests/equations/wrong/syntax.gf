# What the parser refuses, each on its own line; the file is read on behind it.
a1[t] = (1 + 2
a2[t] = [1, 2; 3
a3[t] = tanh(x[t]
a4[t] = x[t
a5[t] = 1 + 2)
a6[t] = 1 +* 2
a7[t] = U h
a8[t] = 2 (3)
a9[t] = []
a10[t] = [1 2]
a11[t] = (1 + 2)[t]
a12[t] = {1, 2}
a13[t] = 2 × 3
a14[t] = h²³
a15[t] = 3m + 1
a16[t] = 1 = 2
a17[t] = "text"
a18[t] = loss
a19[t] = sum(j, 1..2)
a20[t] = sum(j, 1..2; 3)
a21[t] = prod(j, 1 downto, 3)
a22[t] = tanh(1, )
a23[t] = grad(U | )
a24[t] = for
# error 2:9 this bracket is not closed
# error 3:9 this bracket is not closed
# error 4:13 this bracket is not closed
# error 5:10 this bracket is not closed
# error 6:14 this bracket closes none: take it away, or open one before
# error 7:12 expected a value, found *
# error 8:11 an operator is missing before this: a @ b is the matrix product, a * b the product element by element
# error 9:11 an operator is missing before this: a @ b is the matrix product, a * b the product element by element
# error 10:9 nothing stands in [ ]: a part without entries is zeros(r, 0) or zeros(0, c)
# error 11:13 the parts of [ ] stand apart by commas: [a, b]
# error 12:17 only a name has an index: h[t]; rows and columns of a matrix are rows(a, i, j) and cols(a, i, j)
# error 13:10 { } lists the initial values of an input, one a step; here stands one matrix, [ ]
# error 14:12 × is the sign of a shape: a @ b is the matrix product, a * b element by element: write a @ b, or a * b
# error 15:11 write a power of more than one digit with ^
# error 16:10 a number runs into a name: write 3 * m for a product, 3 x m with blanks for a shape; no name begins with a digit
# error 17:12 expected the end of the statement, found =
# error 18:10 expected a value, found "text"
# error 19:10 expected a value (that word belongs to the language), found loss
# error 20:21 expected a comma and an expression, found )
# error 21:21 expected a comma and an expression, found ;
# error 22:26 expected a value, found ,
# error 23:18 expected a value, found )
# error 24:19 expected a value, found )
# error 25:9 the file has no loss: add a line such as loss sum(t, L[t])
# error 25:10 expected a value (that word belongs to the language), found for
