# A student with soft targets at a temperature beside the hard ones: tau's factors.
#! "bad 1 V" : let dsoft[t] = 3 * (softmax(s[t] / 3) - q[t])
#! "bad 2 9" : claim grad(s[t]) = 0.7 * (softmax(s[t]) - y[t]) + 0.3 * 3 * (softmax(s[t] / 3) - q[t])
#! "bad 3 exchanged" : claim grad(s[t]) = 0.7 * (softmax(s[t]) - y[t]) + 0.3 * 3 * (softmax(s[t] / 3) - q[t])
#! "bad 4 one of two" : let da[t] = (V' @ (0.7 * dhard[t] + 0.9 * (softmax(s[t] / 3) - q[t])) + W' @ da[t+1]) * (1 - h[t]^2)
steps T = 3
size n = 2, m = 3, k = 4
seed 22
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
given q[t] : k x 1 = {[0.1; 0.2; 0.3; 0.4], [0.4; 0.3; 0.2; 0.1], [0.3; 0.1; 0.2; 0.4]}
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1
h[t] = tanh(U @ x[t] + W @ h[t-1])
s[t] = V @ h[t]
loss sum(t, 0.7 * cross_entropy(s[t], y[t]) + 0.3 * 9 * cross_entropy(s[t] / 3, q[t]))
let dhard[t] = softmax(s[t]) - y[t]
let dsoft[t] = 3 * (softmax(s[t]) - q[t])
let ds[t] = 0.7 * dhard[t] + 0.3 * dsoft[t]
claim "bad 1 V": grad(V) = sum(t, ds[t] @ h[t]')
claim "bad 2 9": grad(s[t]) = 0.7 * (softmax(s[t]) - y[t]) + 0.3 * 9 * (softmax(s[t] / 3) - q[t])
claim "bad 3 exchanged": grad(s[t]) = 0.3 * (softmax(s[t]) - y[t]) + 0.7 * 3 * (softmax(s[t] / 3) - q[t])
let da[t] = (V' @ dhard[t] + W' @ da[t+1]) * (1 - h[t]^2)
claim "bad 4 one of two": grad(U) = sum(t, da[t] @ x[t]')
