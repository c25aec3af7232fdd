# Powers in products: of each entry, or of the matrix?
steps T = 4
size m = 3, n = 2
param W : m x m
param R : n x m
param v : m x 1
param s : 1 x 1
a1 = W^-1 @ v
a2 = W^3 @ v
a3 = v' @ (W ^ n^2)
a4 = R ^ 3 @ v
a5 = W³ @ v
a6 = W^-2 @ W
a7[t] = W^(T-t) @ v
a8 = (W * s)^m @ v
right = W^2 @ v + W^1 @ v + W^0 @ v + W^0.5 @ v + v^3 @ s^3 + s^-1 @ s + (v'^-1 @ W)' + (W^3 * W) @ v + (W^3)' @ v
loss sum(W)
claim W^-1 @ W = eye(m)
claim W^-1 * W = ones(m, m)
# error 8:7 W^-1: ^ goes element by element, and there is no inverse of a matrix here
# error 9:7 W^3: ^ goes element by element, and is no power of the matrix
# error 10:14 (W ^ n^2): ^ goes element by element, and is no power of the matrix
# error 11:8 R ^ 3: ^ goes element by element, and is no power of the matrix
# error 12:7 W³: ^ goes element by element, and is no power of the matrix
# error 13:7 W^-2: ^ goes element by element, and there is no inverse of a matrix here
# error 15:13 (W * s)^m: ^ goes element by element, and is no power of the matrix
