# A first exercise: the probabilities have a line of their own, and what is passed down is the probability times one
# minus itself, the derivative of a sigmoid, as if the loss were its output.
#! "bad o" : let do[t] = p[t] - y[t]
#! "bad c" : let do[t] = p[t] - y[t]
#! "bad V" : let do[t] = p[t] - y[t]
#! "bad W" : let do[t] = p[t] - y[t]
steps T = 4
size  m = 2, n = 4, k = 5
seed  174
input x[t] : m x 1
given y[t] : k x 1 ~ onehot
param U : n x m
param W : n x n
param V : k x n
param c : k x 1
start h[0] : n x 1 ~ normal(0, 1)
h[t] = tanh(W @ h[t-1] + U @ x[t])
o[t] = V @ h[t] + c
loss sum(t, cross_entropy(o[t], y[t]))

let p[t]  = softmax(o[t])
let do[t] = p[t] * (1 - p[t])
let da[t] = (1 - h[t]^2) * (V' @ do[t] + W' @ da[t+1])
claim "bad o": grad(o[t]) = do[t]
claim "bad c": grad(c) = sum(t, do[t])
claim "bad V": grad(V) = sum(t, do[t] @ h[t]')
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]')
