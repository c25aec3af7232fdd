# Sequences padded in front (as Keras does), the state is held over the padding, mean over the valid steps, a learned initial state shared by the batch. The mean is taken back with T,
# not with the lengths; the way of the held state past the padding back to h0 is left out.
#! "bad W" : let dpool[t] = M[t] * (ds @ V') / len
#! "bad U" : let dpool[t] = M[t] * (ds @ V') / len
#! "bad h0" : let dpool[t] = M[t] * (ds @ V') / len
#! "bad h0" : claim grad(h0) = colsum((M[1] * dh[1] * (1 - tanh(a[1])^2)) @ W' + (1 - M[1]) * dh[1])
steps T = 5
size  n = 3, m = 4, k = 2, B = 6
seed  13
given len : B x 1 = [5; 2; 3; 1; 4; 2]
input x[t] : B x n
given y : B x k ~ onehot
param U : n x m
param W : m x m
param V : m x k
param h0 : 1 x m
start h[0] = ones(B, 1) @ h0
M[t] = ((t + len) > T)
a[t] = x[t] @ U + h[t-1] @ W
h[t] = M[t] * tanh(a[t]) + (1 - M[t]) * h[t-1]
pool = sum(t, M[t] * h[t]) / len
s = pool @ V
loss cross_entropy(s, y) / B

let ds = (softmax(s) - y) / B
let dpool[t] = M[t] * (ds @ V') / T
let dh[t] = dpool[t] + (M[t+1] * dh[t+1] * (1 - tanh(a[t+1])^2)) @ W' + (1 - M[t+1]) * dh[t+1]
let da[t] = M[t] * dh[t] * (1 - tanh(a[t])^2)
claim "ok V": grad(V) = pool' @ ds
claim "bad W": grad(W) = sum(t, h[t-1]' @ da[t])
claim "bad U": grad(U) = sum(t, x[t]' @ da[t])
claim "bad h0": grad(h0) = colsum((M[1] * dh[1] * (1 - tanh(a[1])^2)) @ W')
