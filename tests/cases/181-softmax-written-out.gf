# Attention whose softmax is written out, exp(e) over the sum of all: the error of a score is the weight times its own
# alone, as if the weights did not share a sum; and the slope inside the scores is the state's.
#! "bad v" : let de[t] = al[t] * (dal[t] - sum(j, 1..T, al[j] * dal[j]))
#! "bad Wa" : let de[t] = al[t] * (dal[t] - sum(j, 1..T, al[j] * dal[j]))
#! "bad Wa" : let su[t] = 1 - u[t]^2
#! "bad W" : let de[t] = al[t] * (dal[t] - sum(j, 1..T, al[j] * dal[j]))
#! "bad W" : let su[t] = 1 - u[t]^2
steps T = 4
size  n = 3, m = 4, k = 5
seed  181
input x[t] : n x 1
given y : k x 1 ~ onehot
param U : m x n
param W, Wa : m x m
param v : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
u[t] = tanh(Wa @ h[t])
e[t] = v' @ u[t]
S = sum(t, exp(e[t]))
al[t] = exp(e[t]) / S
c = sum(t, al[t] * h[t])
z = V @ c
loss cross_entropy(z, y)

let dz = softmax(z) - y
let dc = V' @ dz
let dal[t] = dc' @ h[t]
let de[t] = al[t] * dal[t]
let su[t] = 1 - h[t]^2
let dq[t] = v * de[t] * su[t]
let da[t] = (al[t] * dc + Wa' @ dq[t] + W' @ da[t+1]) * (1 - h[t]^2)
claim "ok V": grad(V) = dz @ c'
claim "bad v": grad(v) = sum(t, u[t] @ de[t])
claim "bad Wa": grad(Wa) = sum(t, dq[t] @ h[t]')
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]')
