# Shapes that do not fit.
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
input y[t] : k x 1 ~ onehot
param U : m x m
param W : m x n
param b : m x 1
param r : 1 x m
start h[0] : m x 1
start c[0] : m x 1
start d[0] = W
h[t] = tanh(U @ h[t-1] + W @ x[t] + b)
a1[t] = h[t-1] @ W
a2[t] = h[t] + x[t]
a3[t] = h[t] * x[t] - W / x[t]
a4[t] = W' @ x[t]
a5[t] = [h[t], x[t]]
a6[t] = [h[t]; r]
a7[t] = [1, 2; 3]
a8[t] = cross_entropy(h[t], x[t]) + mse(W, U)
a9[t] = rows(W, 2, 5)
a10[t] = cols(W, 0, 1)
a11[t] = reshape(W, 5, 2)
a12[t] = diag(W)
a13[t] = W ^ T @ x[t]
a14[t] = 2 ^ W
a15[t] = h[t] ^ h[t]
a16[t] = zeros(n, 0) + 1
a17[t] = zeros(n - 4, 2)
a18[t] = eye(2000)
a19[t] = clip(h[t], x[t], 1)
a20[t] = 2 @ h[t]
c[t] = U * c[t-1]
d[t] = d[t-1]'
e[t] = sum(j, 1..T, U @ x[j]) + prod(j, 1..T, W)
f[t] = a1[t] + x[t] # no error of its own
loss h[T]
# error 14:16 h[t-1] @ W: 4 x 1 times 4 x 3, the inner sizes 1 and 4 differ
# error 15:14 h[t] + x[t]: 4 x 1 plus 3 x 1, rows 4 and 3 differ and neither is 1
# error 16:14 h[t] * x[t]: 4 x 1 times 3 x 1 element by element, rows 4 and 3 differ and neither is 1
# error 16:25 W / x[t]: 4 x 3 divided by 3 x 1, rows 4 and 3 differ and neither is 1
# error 17:12 W' @ x[t]: 3 x 4 times 3 x 1, the inner sizes 4 and 3 differ
# error 18:9 [h[t], x[t]]: 4 x 1 and 3 x 1, part 1 has 4 rows, part 2 has 3
# error 19:9 [h[t]; r]: 4 x 1 and 1 x 4, part 1 has 1 columns, part 2 has 4
# error 20:9 [1, 2; 3]: 1 x 2 and 1 x 1, part 1 has 2 columns, part 2 has 1
# error 21:9 cross_entropy(h[t], x[t]): 4 x 1 and 3 x 1, the shapes 4 x 1 and 3 x 1 differ
# error 21:37 mse(W, U): 4 x 3 and 4 x 4, the shapes 4 x 3 and 4 x 4 differ
# error 22:9 rows(W, 2, 5): 4 x 3, rows 2 to 5 of 4
# error 23:10 cols(W, 0, 1): 4 x 3, columns 0 to 1 of 3
# error 24:10 reshape(W, 5, 2): 4 x 3, 12 entries do not make 5 x 2, which has 10
# error 25:10 diag(W): 4 x 3, 4 x 3 is no vector
# error 26:12 W ^ T: this is a power, to the number of steps, of each entry
# error 27:12 2 ^ W: the exponent is a matrix; it can be a number, of sizes and indices
# error 28:15 h[t] ^ h[t]: the exponent is a matrix; it can be a number, of sizes and indices
# error 29:22 zeros(n, 0) + 1: 3 x 0, only a part of [ ] may have no rows or columns
# error 30:18 n - 4: -1 is no number of rows or columns
# error 31:10 eye(2000): 2000 x 2000 are more entries than a matrix may have, which is 1000000
# error 32:21 x[t]: here stands a number, of sizes and indices, not a matrix
# error 33:12 2 @ h[t]: 1 x 1 times 4 x 1, the inner sizes 1 and 4 differ
# error 34:10 the right side is 4 x 4, but c is 4 x 1 at all its steps
# error 35:14 the right side is 3 x 4, but d is 4 x 3 at all its steps
# error 36:23 U @ x[j]: 4 x 4 times 3 x 1, the inner sizes 4 and 3 differ
# error 38:6 the loss is 4 x 1, but it is one number, 1 x 1
