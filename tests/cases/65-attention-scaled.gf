# Scaled dot-product attention of a whole sequence of rows: the scale, Q and K exchanged, softmax's row sum, V's transpose.
#! "bad WQ" : let dS[t] = P[t] * (dP[t] - rowsum(P[t] * dP[t]))
#! "bad WK" : let dS[t] = P[t] * (dP[t] - rowsum(P[t] * dP[t]))
#! "bad WK" : let dK[t] = dS[t]' @ Q[t] / sqrt(d)
#! "bad WV" : let dV[t] = P[t]' @ dO[t]
#! "bad X" : let dV[t] = P[t]' @ dO[t]
#! "bad X" : let dS[t] = P[t] * (dP[t] - rowsum(P[t] * dP[t]))
#! "bad X" : let dK[t] = dS[t]' @ Q[t] / sqrt(d)
#! "bad X" : claim grad(X[t]) = dQ[t] @ WQ' + dK[t] @ WK' + dV[t] @ WV'
steps T = 2
size L = 4, d = 3, e = 5
input X[t] : L x e
given Y[t] : L x d
param WQ, WK, WV : e x d
Q[t] = X[t] @ WQ
K[t] = X[t] @ WK
V[t] = X[t] @ WV
S[t] = Q[t] @ K[t]' / sqrt(d)
P[t] = softmax(S[t])
O[t] = P[t] @ V[t]
loss sum(t, sum((O[t] - Y[t])^2))
let dO[t] = 2 * (O[t] - Y[t])
let dV[t] = P[t] @ dO[t]
let dP[t] = dO[t] @ V[t]'
let dS[t] = P[t] * (dP[t] - sum(P[t] * dP[t]))
let dQ[t] = dS[t] @ K[t] / sqrt(d)
let dK[t] = dS[t] @ Q[t] / sqrt(d)
claim "bad WQ": grad(WQ) = sum(t, X[t]' @ dQ[t])
claim "bad WK": grad(WK) = sum(t, X[t]' @ dK[t])
claim "bad WV": grad(WV) = sum(t, X[t]' @ dV[t])
claim "bad X": grad(X[t]) = dQ[t] @ WQ' + dK[t] @ WK'
