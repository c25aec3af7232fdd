# Cho's encoder-decoder: the last state of the encoder starts the decoder and is an input of each of its steps. The asker brings back the first only, and adds the result at each step of the encoder, not at the last alone.
#! "bad enc W" : let dctx = P' @ (Wd' @ dd[1]) + sum(t, C' @ dd[t])
#! "bad enc W" : let de[t] = (We' @ de[t+1]) * (1 - h[t]^2)
#! "bad enc W" : let de[T] = dctx * (1 - h[T]^2)
#! "bad ctx" : let dctx = P' @ (Wd' @ dd[1]) + sum(t, C' @ dd[t])
steps T = 4
size  n = 3, m = 4, p = 5, k = 2
seed  24
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param We : m x m
param P : p x m
param Wd : p x p
param C : p x m
param V : k x p
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + We @ h[t-1])
ctx = h[T]
start s[0] = P @ ctx
s[t] = tanh(Wd @ s[t-1] + C @ ctx)
o[t] = V @ s[t]
loss sum(t, cross_entropy(o[t], y[t]))

let do[t] = softmax(o[t]) - y[t]
let dd[t] = (V' @ do[t] + Wd' @ dd[t+1]) * (1 - s[t]^2)
let dctx = P' @ (Wd' @ dd[1])
let de[t] = (dctx + We' @ de[t+1]) * (1 - h[t]^2)
claim "ok P": grad(P) = (Wd' @ dd[1]) @ ctx'
claim "ok C": grad(C) = sum(t, dd[t] @ ctx')
claim "bad ctx": grad(ctx) = dctx
claim "bad enc W": grad(We) = sum(t, de[t] @ h[t-1]')
