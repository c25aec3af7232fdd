# A whole GRU in rows; lines with two slips each.
#! "bad 1" : let dH[t] = dP[t] @ V' + dH[t+1] * Z[t+1] + dZ[t+1] @ Uz' + dR[t+1] @ Ur' + (dC[t+1] @ Uc') * R[t+1]
#! "bad 1" : let dZ[t] = dH[t] * (H[t-1] - C[t]) * Z[t] * (1 - Z[t])
#! "bad 1" : let dR[t] = (dC[t] @ Uc') * H[t-1] * R[t] * (1 - R[t])
#! "bad 2" : let dH[t] = dP[t] @ V' + dH[t+1] * Z[t+1] + dZ[t+1] @ Uz' + dR[t+1] @ Ur' + (dC[t+1] @ Uc') * R[t+1]
#! "bad 2" : let dZ[t] = dH[t] * (H[t-1] - C[t]) * Z[t] * (1 - Z[t])
#! "bad 2" : let dR[t] = (dC[t] @ Uc') * H[t-1] * R[t] * (1 - R[t])
#! "bad 3" : let dH[t] = dP[t] @ V' + dH[t+1] * Z[t+1] + dZ[t+1] @ Uz' + dR[t+1] @ Ur' + (dC[t+1] @ Uc') * R[t+1]
#! "bad 3" : let dZ[t] = dH[t] * (H[t-1] - C[t]) * Z[t] * (1 - Z[t])
#! "bad 3" : let dR[t] = (dC[t] @ Uc') * H[t-1] * R[t] * (1 - R[t])
#! "bad 4" : claim grad(Uc) = sum(t, (R[t] * H[t-1])' @ (grad(C[t]) * (1 - C[t]^2)))
#! "bad 5" : claim grad(V) = sum(t, H[t]' @ (P[t] - Y[t])) / B
#! "bad 6" : claim grad(X[t]) = dZ[t] @ Wz' + dR[t] @ Wr' + dC[t] @ Wc'
#! "bad 6" : let dH[t] = dP[t] @ V' + dH[t+1] * Z[t+1] + dZ[t+1] @ Uz' + dR[t+1] @ Ur' + (dC[t+1] @ Uc') * R[t+1]
#! "bad 6" : let dZ[t] = dH[t] * (H[t-1] - C[t]) * Z[t] * (1 - Z[t])
#! "bad 6" : let dR[t] = (dC[t] @ Uc') * H[t-1] * R[t] * (1 - R[t])
steps T = 4
size n = 3, m = 4, B = 2, k = 3
seed 72
input X[t] : B x n
given Y[t] : B x k
param Wz, Wr, Wc : n x m
param Uz, Ur, Uc : m x m
param V : m x k
start H[0] : B x m ~ normal(0, 1)
Z[t] = sigmoid(X[t] @ Wz + H[t-1] @ Uz)
R[t] = sigmoid(X[t] @ Wr + H[t-1] @ Ur)
C[t] = tanh(X[t] @ Wc + (R[t] * H[t-1]) @ Uc)
H[t] = Z[t] * H[t-1] + (1 - Z[t]) * C[t]
P[t] = H[t] @ V
loss sum(t, sum((P[t] - Y[t])^2)) / (2 * B)
let dP[t] = (P[t] - Y[t]) / B
let dH[t] = dP[t] @ V' + dH[t+1] * (1 - Z[t+1]) + dZ[t+1] @ Uz' + dR[t+1] @ Ur' + dC[t+1] @ Uc'
let dC[t] = dH[t] * (1 - Z[t]) * (1 - C[t]^2)
let dZ[t] = dH[t] * (C[t] - H[t]) * Z[t] * (1 - Z[t])
let dR[t] = (dC[t] @ Uc) * H[t-1] * R[t] * (1 - R[t]^2)
claim "bad 1": grad(H[t]) = dH[t]
claim "bad 2": grad(Uz) = sum(t, H[t-1]' @ dZ[t])
claim "bad 3": grad(Ur) = sum(t, H[t-1]' @ dR[t])
claim "bad 4": grad(Uc) = sum(t, (R[t] * H[t])' @ (grad(C[t]) * (1 - C[t])))
claim "bad 5": grad(V) = sum(t, (P[t] - Y[t])' @ H[t])
claim "bad 6": grad(X[t]) = dZ[t] @ Wz + dR[t] @ Wr + dC[t] @ Wc
