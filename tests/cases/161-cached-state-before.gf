# The captioning assignment, rows are examples. In rnn_step_backward somebody took (1 - prev_h^2) for (1 - next_h^2), the cached tensor with the wrong name; and dh0 is
# read as the sum of all steps' dprev.
#! "bad dWx" : let dact[t] = (dh[t] + dprev[t+1]) * (1 - h[t]^2)
#! "bad dWh" : let dact[t] = (dh[t] + dprev[t+1]) * (1 - h[t]^2)
#! "bad db" : let dact[t] = (dh[t] + dprev[t+1]) * (1 - h[t]^2)
#! "bad dh0" : let dact[t] = (dh[t] + dprev[t+1]) * (1 - h[t]^2)
#! "bad dh0" : claim grad(h[0]) = dprev[1]
steps T = 4
size  N = 5, D = 3, H = 6, V = 2
seed  4
input x[t] : N x D
given tgt[t] : N x V ~ onehot
param Wx : D x H
param Wh : H x H
param b : 1 x H
param Wv : H x V
start h[0] : N x H ~ normal(0, 1)
h[t] = tanh(x[t] @ Wx + h[t-1] @ Wh + b)
sc[t] = h[t] @ Wv
loss sum(t, cross_entropy(sc[t], tgt[t])) / N

let dsc[t] = (softmax(sc[t]) - tgt[t]) / N
let dh[t] = dsc[t] @ Wv'
let dact[t] = (dh[t] + dprev[t+1]) * (1 - h[t-1]^2)
let dprev[t] = dact[t] @ Wh'
claim "ok dWv": grad(Wv) = sum(t, h[t]' @ dsc[t])
claim "bad dWx": grad(Wx) = sum(t, x[t]' @ dact[t])
claim "bad dWh": grad(Wh) = sum(t, h[t-1]' @ dact[t])
claim "bad db": grad(b) = sum(t, colsum(dact[t]))
claim "bad dh0": grad(h[0]) = sum(t, dprev[t])
