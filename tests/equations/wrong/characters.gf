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
# error 2:4 the language writes one =, not ==
# error 3:8 write a ^ 2 for a power, not **
# error 4:8 write a * b for the product element by element, not .*
# error 5:6 write sum(t, e) for a sum over the steps
# error 6:8 write kron(a, b) for the Kronecker product, a * b for the product element by element
# error 7:6 write sqrt(a) for the square root
# error 8:8 this is a dash: write - for minus
# error 9:7 write .. for a range
# error 10:8 this character has no meaning here
# error 11:9 this character has no meaning here
# error 12:7 a combining mark without the letter that it belongs to
# error 13:7 a name cannot begin with a digit
# error 14:7 this number is too large
# error 15:7 the text has no closing quote on its line
# error 16:9 there is no relation !=: a claim knows =, <=, <, >= and >
# error 17:9 write >= for 'at least'
# error 18:9 write a / b: it is element by element already
# error 19:10 there is no relation ≠: a claim knows =, <=, <, >= and >
# error 20:7 the file has no loss: add a line such as loss sum(t, L[t])
# error 20:9 this character has no meaning here
