# Characters that the language has no use for, or another sign.
a1 == 1
a2 = 2 ** 3
a3 = 2 .* 3
a4 = ∑ 3
a5 = 2 ⊗ 3
a6 = √2
a7 = 3 – 2
a8 = 1…2
a9 = 2 $ 3
a10 = 2 & 3
a11 = ̃a
a12 = ₁
a13 = 1e999
a14 = "no end
claim a != b
claim a => b
a15 = a ./ b
a16 = x́ ≠ ħ₀ # columns count characters
	a17 = 	$
# error 2:4 == is what a claim says with one =: write =
# error 3:8 ** is a power, element by element: write ^
# error 4:8 .* is the product element by element: write *
# error 5:6 ∑ 3 is a sum over the steps (of a matrix: sum(a)): write sum(t, 3)
# error 6:6 2 ⊗ 3 is the outer product of two columns: write 2 @ 3'
# error 7:6 √2 is the square root: write sqrt(2)
# error 8:8 – is a dash, not the sign of minus: write -
# error 9:7 … is a range: write ..
# error 10:8 $ is a matter of layout: leave it out
# error 11:9 & is a matter of layout: leave it out
# error 12:7 a combining mark without the letter that it belongs to
# error 13:7 a name cannot begin with a digit
# error 14:7 this number is too large: numbers go up to 1.8e308
# error 15:7 the text has no closing quote on its line
# error 16:9 != is no relation of a claim: write =, <=, <, >= or >
# error 17:9 => is 'at least': write >=
# error 18:9 ./ is the quotient, which is element by element here: write /
# error 19:10 ≠ is no relation of a claim: write =, <=, <, >= or >
# error 20:7 the file has no loss: add a line such as loss sum(t, L[t])
# error 20:9 $ is a matter of layout: leave it out
