# All steps in one matrix, a row a step: the matrix of states is shifted the other way, a mean is over the wrong number, products stand the other way round.
#! "bad Wo" : let DZ = (softmax(H @ Wo) - Y) / T
#! "bad Wh" : let Hprev = vcat(t, h[t-1])
#! "bad Wh" : let DZ = (softmax(H @ Wo) - Y) / T
#! "bad Wh" : let dh[t] = rows(DZ @ Wo', t, t) + da[t+1] @ Wh'
#! "bad Wx" : let DZ = (softmax(H @ Wo) - Y) / T
#! "bad Wx" : let dh[t] = rows(DZ @ Wo', t, t) + da[t+1] @ Wh'
#! "bad Wx" : claim grad(Wx) = X' @ DA
#! "bad b" : let DZ = (softmax(H @ Wo) - Y) / T
#! "bad b" : let dh[t] = rows(DZ @ Wo', t, t) + da[t+1] @ Wh'
#! "bad b" : claim grad(b) = colsum(DA)
#! "bad dx" : let DZ = (softmax(H @ Wo) - Y) / T
#! "bad dx" : let dh[t] = rows(DZ @ Wo', t, t) + da[t+1] @ Wh'
steps T = 5
size  n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
param Wx : n x m
param Wh : m x m
param b : 1 x m
param Wo : m x k
start h[0] : 1 x m ~ normal(0, 1)
h[t] = tanh(x[t] @ Wx + h[t-1] @ Wh + b)
z[t] = h[t] @ Wo
loss sum(t, cross_entropy(z[t], y[t])) / T
X = vcat(t, x[t])
let Y = vcat(t, y[t])
let H = vcat(t, h[t])
let Hprev = vcat(t, h[t+1])
let DZ = (softmax(H @ Wo) - Y) / k
let dh[t] = rows(DZ @ Wo', t, t) + Wh @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
let DA = vcat(t, da[t])
claim "bad Wo": grad(Wo) = H' @ DZ
claim "bad Wh": grad(Wh) = Hprev' @ DA
claim "bad Wx": grad(Wx) = DA' @ X
claim "bad b": grad(b) = rowsum(DA')
claim "bad dx": grad(x[t]) = da[t] @ Wx'
