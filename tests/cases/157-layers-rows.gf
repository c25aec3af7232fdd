# rnn_step_backward of a course's assignment, samples as rows. A student's version: the tanh's derivative is taken of the incoming error,
# not of the state's value; dprev_h has Wh where Wh' belongs (no error: it is square); db is not summed over the samples.
#! "bad dx" : let dsum[t] = dnext_h[t] * (1 - h[t]^2)
#! "bad dx" : let dprev_h[t] = dsum[t] @ Wh'
#! "bad dh0" : let dsum[t] = dnext_h[t] * (1 - h[t]^2)
#! "bad dh0" : let dprev_h[t] = dsum[t] @ Wh'
#! "bad dh" : let dsum[t] = dnext_h[t] * (1 - h[t]^2)
#! "bad dh" : let dprev_h[t] = dsum[t] @ Wh'
#! "bad dWx" : let dsum[t] = dnext_h[t] * (1 - h[t]^2)
#! "bad dWx" : let dprev_h[t] = dsum[t] @ Wh'
#! "bad dWh" : let dsum[t] = dnext_h[t] * (1 - h[t]^2)
#! "bad dWh" : let dprev_h[t] = dsum[t] @ Wh'
#! "bad db" : let dsum[t] = dnext_h[t] * (1 - h[t]^2)
#! "bad db" : let dprev_h[t] = dsum[t] @ Wh'
#! "bad db" : claim grad(b) = sum(t, colsum(dsum[t]))
steps T = 4
size  N = 5, D = 3, H = 6
seed  10
input x[t] : N x D
given dout[t] : N x H
param Wx : D x H
param Wh : H x H
param b : 1 x H
start h[0] : N x H ~ normal(0, 1)
h[t] = tanh(x[t] @ Wx + h[t-1] @ Wh + b)
loss sum(t, sum(h[t] * dout[t]))

let dnext_h[t] = dout[t] + dprev_h[t+1]
let dsum[t] = dnext_h[t] * (1 - dnext_h[t]^2)
let dx[t] = dsum[t] @ Wx'
let dprev_h[t] = dsum[t] @ Wh
claim "bad dx": grad(x[t]) = dx[t]
claim "bad dh0": grad(h[0]) = dprev_h[1]
claim "bad dh": grad(h[t]) = dnext_h[t]
claim "bad dWx": grad(Wx) = sum(t, x[t]' @ dsum[t])
claim "bad dWh": grad(Wh) = sum(t, h[t-1]' @ dsum[t])
claim "bad db": grad(b) = sum(t, dsum[t])
