# A GRU as cuDNN has it, reset after the product, with neutral names: the reset gate sees the state, the matrix lacks the gate.
#! "bad 1 1" : let u4[t] = u2[t] * q[t] * r[t] * (1 - r[t])
#! "bad 1 1" : let u5[t] = u2[t] * r[t]
#! "bad 2 2" : let u4[t] = u2[t] * q[t] * r[t] * (1 - r[t])
#! "bad 2 2" : let u5[t] = u2[t] * r[t]
#! "bad 3 3" : let u4[t] = u2[t] * q[t] * r[t] * (1 - r[t])
#! "bad 3 3" : let u5[t] = u2[t] * r[t]
#! "bad 4 4" : let u4[t] = u2[t] * q[t] * r[t] * (1 - r[t])
#! "bad 4 4" : let u5[t] = u2[t] * r[t]
#! "bad 5 5" : let u4[t] = u2[t] * q[t] * r[t] * (1 - r[t])
#! "bad 5 5" : let u5[t] = u2[t] * r[t]
steps T = 4
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param Wz, Wr, Wn : m x n
param Uz, Ur, Un : m x m
param bn : m x 1
start h[0] : m x 1 ~ normal(0, 1)
z[t] = sigmoid(Wz @ x[t] + Uz @ h[t-1])
r[t] = sigmoid(Wr @ x[t] + Ur @ h[t-1])
q[t] = Un @ h[t-1] + bn
p[t] = tanh(Wn @ x[t] + r[t] * q[t])
h[t] = (1 - z[t]) * p[t] + z[t] * h[t-1]
loss sum(t, sum((h[t] - y[t])^2))
let u1[t] = 2 * (h[t] - y[t]) + u6[t+1]
let u2[t] = u1[t] * (1 - z[t]) * (1 - p[t]^2)
let u3[t] = u1[t] * (h[t-1] - p[t]) * z[t] * (1 - z[t])
let u4[t] = u2[t] * h[t-1] * r[t] * (1 - r[t])
let u5[t] = u2[t]
let u6[t] = u1[t] * z[t] + Uz' @ u3[t] + Ur' @ u4[t] + Un' @ u5[t]
claim "bad 1 1": grad(Un) = sum(t, u5[t] @ h[t-1]')
claim "bad 2 2": grad(Ur) = sum(t, u4[t] @ h[t-1]')
claim "bad 3 3": grad(Uz) = sum(t, u3[t] @ h[t-1]')
claim "bad 4 4": grad(bn) = sum(t, u5[t])
claim "bad 5 5": grad(Wn) = sum(t, u2[t] @ x[t]')
