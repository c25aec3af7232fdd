# A character GRU with one matrix for both gates: halves of the gates' errors exchanged, the candidate's error of the other share.
#! "bad 1 G" : let d3[t] = d2[t] * z[t] * (1 - c[t]^2)
#! "bad 1 G" : let d7[t] = d2[t] * (1 - z[t]) + d4[t] * r[t] + H' @ d5[t]
#! "bad 2 H" : let d3[t] = d2[t] * z[t] * (1 - c[t]^2)
#! "bad 2 H" : let d7[t] = d2[t] * (1 - z[t]) + d4[t] * r[t] + H' @ d5[t]
#! "bad 3 Q" : let d3[t] = d2[t] * z[t] * (1 - c[t]^2)
#! "bad 3 Q" : let d7[t] = d2[t] * (1 - z[t]) + d4[t] * r[t] + H' @ d5[t]
steps T = 4
size V = 5, m = 3
given w[t] : V x 1 ~ onehot
given y[t] : V x 1 ~ onehot
param G : 2*m x V
param H : 2*m x m
param P : m x V
param Q : m x m
param O : V x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = G @ w[t] + H @ h[t-1]
z[t] = sigmoid(rows(a[t], 1, m))
r[t] = sigmoid(rows(a[t], m+1, 2*m))
c[t] = tanh(P @ w[t] + Q @ (r[t] * h[t-1]))
h[t] = (1 - z[t]) * h[t-1] + z[t] * c[t]
o[t] = O @ h[t]
loss sum(t, cross_entropy(o[t], y[t]))
let d1[t] = softmax(o[t]) - y[t]
let d2[t] = O' @ d1[t] + d7[t+1]
let d3[t] = d2[t] * (1 - z[t]) * (1 - c[t]^2)
let d4[t] = Q' @ d3[t]
let d5[t] = [d2[t] * (c[t] - h[t-1]) * z[t] * (1 - z[t]); d4[t] * h[t-1] * r[t] * (1 - r[t])]
let d7[t] = d2[t] * (1 - z[t]) + d4[t] * r[t]
claim "bad 1 G": grad(G) = sum(t, d5[t] @ w[t]')
claim "bad 2 H": grad(H) = sum(t, d5[t] @ h[t-1]')
claim "bad 3 Q": grad(Q) = sum(t, d3[t] @ (r[t] * h[t-1])')
