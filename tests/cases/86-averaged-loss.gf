# The loss is a mean over time. The T is forgotten, comes once more at every step back, or is T - 1; or the mean is taken of what is averaged already.
#! "bad 1 forgotten" : let d1[t] = (V' @ (softmax(s[t]) - y[t]) / T + W' @ d1[t+1]) * (1 - h[t]^2)
#! "bad 2 each step" : let d2[t] = (V' @ (softmax(s[t]) - y[t]) / T + W' @ d2[t+1]) * (1 - h[t]^2)
#! "bad 3 T - 1" : claim grad(V) = sum(t, (softmax(s[t]) - y[t]) @ h[t]') / T
#! "bad 4 twice" : claim grad(c) = sum(t, grad(s[t]))
steps T = 5
size n = 3, m = 4, k = 2
seed 83
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
param c : k x 1
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
s[t] = V @ h[t] + c
L[t] = cross_entropy(s[t], y[t])
loss sum(t, L[t]) / T
claim "ok s": grad(s[t]) = (softmax(s[t]) - y[t]) / T
let d1[t] = (V' @ (softmax(s[t]) - y[t]) + W' @ d1[t+1]) * (1 - h[t]^2)
claim "bad 1 forgotten": grad(U) = sum(t, d1[t] @ x[t]')
let d2[t] = (V' @ (softmax(s[t]) - y[t]) + W' @ d2[t+1]) / T * (1 - h[t]^2)
claim "bad 2 each step": grad(W) = sum(t, d2[t] @ h[t-1]')
claim "bad 3 T - 1": grad(V) = sum(t, (softmax(s[t]) - y[t]) @ h[t]') / (T - 1)
claim "bad 4 twice": grad(c) = sum(t, grad(s[t])) / T
