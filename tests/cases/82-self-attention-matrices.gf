# Scaled dot-product attention without time, N tokens as rows: the scale, the transposes, softmax's dot product (of each row, not of all), the three ways to X.
#! "bad 1 dot of all" : let eS = A * (dA - rowsum(A * dA))
#! "bad 2 scale" : claim grad(Q) = dS @ K / sqrt(d)
#! "bad 3 turned" : claim grad(K) = dS' @ Q / sqrt(d)
#! "bad 4 shapes" : claim grad(A) = dO @ V'
#! "bad 5 X" : claim grad(X) = grad(Q) @ Wq' + grad(K) @ Wk' + grad(V) @ Wv'
#! "bad 5 X" hint : X -> V
size N = 5, p = 3, d = 4, q = 2
seed 41
input X : N x p
given Y : N x q
param Wq, Wk : p x d
param Wv : p x q
Q = X @ Wq
K = X @ Wk
V = X @ Wv
S = Q @ K' / sqrt(d)
A = softmax(S)
O = A @ V
loss sum((O - Y)^2) / 2
let dO = O - Y
let dA = dO @ V'
let dS = A * (dA - rowsum(A * dA))
claim "ok S": grad(S) = dS
claim "ok V": grad(V) = A' @ dO
let eS = A * (dA - sum(A * dA))
claim "bad 1 dot of all": grad(Wq) = X' @ (eS @ K / sqrt(d))
claim "bad 2 scale": grad(Q) = dS @ K
claim "bad 3 turned": grad(K) = dS @ Q / sqrt(d)
claim "bad 4 shapes": grad(A) = dO @ V
claim "bad 5 X": grad(X) = grad(Q) @ Wq' + grad(K) @ Wk'
