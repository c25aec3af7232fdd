# A recurrent highway network of two micro-steps, carry gate 1 - t.
#! "bad 1" : claim grad(s1[t]) = grad(s2[t]) * (1 - q2[t]) + Rh2' @ dp2[t] + Rt2' @ dq2[t]
#! "bad 2" : claim grad(s2[t-1]) = grad(s1[t]) * (1 - q1[t]) + Rh1' @ dp1[t] + Rt1' @ grad(q1[t]) * 0 + Rt1' @ (grad(q1[t]) * q1[t] * (1 - q1[t]))
#! "bad 3" : let dq1[t] = grad(s1[t]) * (p1[t] - s2[t-1]) * q1[t] * (1 - q1[t])
#! "bad 4" : claim grad(Rh2) = sum(t, dp2[t] @ s1[t]')
steps T = 3
size n = 2, m = 3
seed 34
input x[t] : n x 1
param Wh, Wt : m x n
param Rh1, Rt1, Rh2, Rt2 : m x m
start s2[0] : m x 1 ~ normal(0, 1)
p1[t] = tanh(Wh @ x[t] + Rh1 @ s2[t-1])
q1[t] = sigmoid(Wt @ x[t] + Rt1 @ s2[t-1])
s1[t] = p1[t] * q1[t] + s2[t-1] * (1 - q1[t])
p2[t] = tanh(Rh2 @ s1[t])
q2[t] = sigmoid(Rt2 @ s1[t])
s2[t] = p2[t] * q2[t] + s1[t] * (1 - q2[t])
loss sum(s2[T]^2) / 2
let dp2[t] = grad(s2[t]) * q2[t] * (1 - p2[t]^2)
let dq2[t] = grad(s2[t]) * (p2[t] - s1[t]) * q2[t] * (1 - q2[t])
let dp1[t] = grad(s1[t]) * q1[t] * (1 - p1[t]^2)
let dq1[t] = grad(s1[t]) * (p1[t] - s1[t]) * q1[t] * (1 - q1[t])
claim "bad 1": grad(s1[t]) = grad(s2[t]) * (1 - q2[t]) + Rh1' @ dp2[t] + Rt2' @ dq2[t]
claim "bad 2": grad(s2[t-1]) = grad(s1[t]) * (1 - q1[t]) + Rh1' @ dp1[t]
claim "bad 3": grad(Wt) = sum(t, dq1[t] @ x[t]')
claim "bad 4": grad(Rh2) = sum(t, dp2[t] @ s2[t]')
