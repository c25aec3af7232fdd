# 1. A network for speech is derived as if each step stood alone: the error at a state is taken from the output of its own
# step, and nothing is carried back from the next one.

title "1. A class at every step"

steps T = 6
size  n = 3, r = 5, k = 4     # features, states, sounds
seed  11

input u[t] : 1 x n
given y[t] : 1 x k ~ onehot
param A : n x r
param B : r x r
param C : r x k
start s[0] : 1 x r ~ uniform(-1, 1)

q[t] = u[t] @ A + s[t-1] @ B
s[t] = tanh(q[t])
v[t] = s[t] @ C
loss sum(t, cross_entropy(v[t], y[t]))

let dv[t] = softmax(v[t]) - y[t]
let ds[t] = dv[t] @ C' + dq[t+1] @ B'
let dq[t] = ds[t] * (1 - s[t]^2)

claim "state":  grad(s[t]) = ds[t]
claim "inputs": grad(A) = sum(t, u[t]' @ dq[t])
claim "states": grad(B) = sum(t, s[t-1]' @ dq[t])
claim "output": grad(C) = sum(t, s[t]' @ dv[t])
