# Scaled dot-product self-attention without time: scale forgotten, softmax's dot product over the wrong axis, q and k exchanged, residual forgotten, V's transposes.
#! "bad 1 scale" : claim grad(Q) = dS @ K / sqrt(d)
#! "bad 2 axis" : let bS = A * (dA - rowsum(A * dA))
#! "bad 3 exchanged" : claim grad(K) = dS' @ Q / sqrt(d)
#! "bad 4 A not turned" : claim grad(V) = A' @ G
#! "bad 5 diagonal" : let cS = A * (dA - rowsum(A * dA))
#! "bad 6 residual" : claim grad(X) = grad(Q) @ Wq' + grad(K) @ Wk' + grad(V) @ Wv' + G
#! "bad 7 weights" : claim grad(Wk) = X' @ grad(K)
#! "bad 8 total sum" : let tS = A * (dA - rowsum(A * dA))
size N = 5, d = 3
input X : N x d
given y : N x d
param Wq, Wk, Wv : d x d
Q = X @ Wq
K = X @ Wk
V = X @ Wv
S = Q @ K' / sqrt(d)
A = softmax(S)
O = A @ V + X
loss sum((O - y)^2) / 2
let G = O - y
let dA = G @ V'
let dS = A * (dA - rowsum(A * dA))
claim "ok": grad(S) = dS
claim "bad 1 scale": grad(Q) = dS @ K
let bS = A * (dA - colsum(A * dA))
claim "bad 2 axis": grad(S) = bS
claim "bad 3 exchanged": grad(K) = dS @ Q / sqrt(d)
claim "bad 4 A not turned": grad(V) = A @ G
let cS = A * (1 - A) * dA
claim "bad 5 diagonal": grad(S) = cS
claim "bad 6 residual": grad(X) = grad(Q) @ Wq' + grad(K) @ Wk' + grad(V) @ Wv'
claim "bad 7 weights": grad(Wk) = Q' @ grad(K)
let tS = A * (dA - sum(A * dA))
claim "bad 8 total sum": grad(S) = tS
