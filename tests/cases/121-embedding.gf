# A bag of a table's rows, a batch of words.
#! "bad 1" : let dh[T] = ds @ Out'
#! "bad 2" : let dh[T] = ds @ Out'
#! "bad 2" : let de[t] = (dh[t] * (h[t] > 0)) @ U'
#! "bad 3" : claim grad(Out) = h[T]' @ ds
#! "bad 4" : claim grad(W) = sum(t, h[t-1]' @ (grad(h[t]) * (h[t] > 0)))
steps T = 3
size V = 5, d = 2, m = 3, B = 2, k = 2
seed 22
given w[t] : B x V ~ onehot
given y : B x k ~ onehot
param Emb : V x d
param U : d x m
param W : m x m
param Out : m x k
start h[0] : B x m
e[t] = w[t] @ Emb
h[t] = relu(e[t] @ U + h[t-1] @ W + 1)
s = h[T] @ Out
loss cross_entropy(s, y) / B
let ds = (softmax(s) - y) / B
let dh[t] = (dh[t+1] * (h[t+1] > 0)) @ W'
let dh[T] = ds @ Out' / B
let de[t] = dh[t] @ U'
claim "bad 1": grad(h[T]) = dh[T]
claim "bad 2": grad(Emb) = sum(t, w[t]' @ de[t])
claim "bad 3": grad(Out) = sum(t, h[t]' @ ds)
claim "bad 4": grad(W) = h[T-1]' @ (grad(h[T]) * (h[T] > 0))
