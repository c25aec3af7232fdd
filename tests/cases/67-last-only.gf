# Sentiment: the loss reads the last state alone, the hand derived it with the loss at every step.
#! "bad Wo" : claim grad(Wo) = do @ h[T]'
#! "bad Wh" or : says give that step its own line
#! "bad Wh" : let dh[t] = Wh' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad Wh" : let dh[T] = Wo' @ do
#! "bad h" or : says give that step its own line
#! "bad h" : let dh[t] = Wh' @ (dh[t+1] * (1 - h[t+1]^2))
#! "bad h" : let dh[T] = Wo' @ do
steps T = 5
size n = 3, m = 4, k = 2
input x[t] : n x 1
given y : k x 1 ~ onehot
param Wx : m x n
param Wh : m x m
param Wo : k x m
start h[0] : m x 1
h[t] = tanh(Wx @ x[t] + Wh @ h[t-1])
o = Wo @ h[T]
loss cross_entropy(o, y)
let do = softmax(o) - y
let dh[t] = Wo' @ do + Wh' @ (dh[t+1] * (1 - h[t+1]^2))
claim "bad Wo": grad(Wo) = sum(t, do @ h[t]')
claim "bad Wh": grad(Wh) = sum(t, (dh[t] * (1 - h[t]^2)) @ h[t-1]')
claim "bad h": grad(h[t]) = dh[t]
