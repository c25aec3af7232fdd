# Two heads side by side, concatenated; layer sums; slices.
#! "bad 1" : claim grad(O1) = cols(G @ Wo', 1, d)
#! "bad 2" : claim grad(Wo) = [O1, O2]' @ G
#! "bad 3" : let dS2 = A2 * (dA2 - rowsum(A2 * dA2)) / sqrt(d)
#! "bad 4" : claim grad(V1) = A1' @ grad(O1)
#! "bad 5" : claim grad(X) = grad(V1) @ W1' + grad(V2) @ W2' + grad(R1) @ X @ M1' + grad(R1)' @ X @ M1 + grad(R2) @ X @ M2' + grad(R2)' @ X @ M2
#! "bad 6" : claim grad(M1) = X' @ grad(R1) @ X
size N = 4, d = 2, D = 5
input X : N x D
given y : N x D
param W1, W2 : D x d
param M1, M2 : D x D ~ normal(0, 0.3)
param Wo : 2 * d x D
V1 = X @ W1
V2 = X @ W2
R1 = X @ M1 @ X'
R2 = X @ M2 @ X'
A1 = softmax(R1 / sqrt(d))
A2 = softmax(R2 / sqrt(d))
O1 = A1 @ V1
O2 = A2 @ V2
loss sum(([O1, O2] @ Wo - y)^2) / 2
let G = [O1, O2] @ Wo - y
let dA2 = cols(G @ Wo', d+1, 2*d) @ V2'
claim "bad 1": grad(O1) = cols(G @ Wo', d+1, 2*d)
claim "bad 2": grad(Wo) = [O2, O1]' @ G
let dS2 = A2 * (dA2 - rowsum(A2 * dA2))
claim "bad 3": grad(R2) = dS2
claim "bad 4": grad(V1) = A2' @ grad(O1)
claim "bad 5": grad(X) = grad(V1) @ W1' + grad(V2) @ W2' + grad(R1) @ X @ M1' + grad(R2) @ X @ M2'
claim "bad 6": grad(M1) = X @ grad(R1) @ X'
