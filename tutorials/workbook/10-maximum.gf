# 10. A sentence is judged by the largest value that each unit ever had: m is the running maximum, max(m, h), written here
# with relu. One line is wrong.

title "10. The largest value over time"

steps T = 5
size  n = 3, r = 4, k = 2
seed  20

input x[t] : n x 1
given y : k x 1 ~ onehot
param W : r x n
param R : r x r
param V : k x r
start h[0] : r x 1 ~ uniform(-1, 1)
start m[0] : r x 1 = -1

h[t] = tanh(W @ x[t] + R @ h[t-1])
m[t] = m[t-1] + relu(h[t] - m[t-1])
z = V @ m[T]
loss cross_entropy(z, y)

let dz = softmax(z) - y
let dm[t] = dm[t+1] * (1 - relu'(h[t+1] - m[t]))
let dm[T] = V' @ dz
let dh[t] = dm[t] + R' @ (dh[t+1] * (1 - h[t+1]^2))

claim "maximum": grad(m[t]) = dm[t]
claim "state":   grad(h[t]) = dh[t]
claim "output":  grad(V) = dz @ m[T]'
