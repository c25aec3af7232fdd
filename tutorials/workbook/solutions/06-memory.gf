# 6. A memory is read by attention: the scores of its p rows go through a softmax. On the way back the softmax was treated as
# if it went element by element: the weight of one row lowers those of all others, and that was forgotten.

title "6. A memory that is read by attention"

steps T = 4
size  n = 3, m = 2, p = 5     # inputs, width of the memory, its rows
seed  16

input x[t] : n x 1
given y[t] : m x 1
param K, M : p x m            # keys, contents
param Q : m x n               # what is asked for
param R : m x m
start r[0] : m x 1 ~ uniform(-1, 1)

q[t] = tanh(Q @ x[t] + R @ r[t-1])
e[t] = K @ q[t]               # scores
w[t] = softmax(e[t])          # weights of the rows
r[t] = M' @ w[t]              # what is read
loss sum(t, mse(r[t], y[t]))

let dw[t] = M @ dr[t]
let de[t] = w[t] * (dw[t] - w[t]' @ dw[t])
let dq[t] = K' @ de[t]
let du[t] = dq[t] * (1 - q[t]^2)
let dr[t] = 2 * (r[t] - y[t]) / m + R' @ du[t+1]

claim "scores":   grad(e[t]) = de[t]
claim "read":     grad(r[t]) = dr[t]
claim "keys":     grad(K) = sum(t, de[t] @ q[t]')
claim "contents": grad(M) = sum(t, w[t] @ dr[t]')
claim "asked":    grad(Q) = sum(t, du[t] @ x[t]')
