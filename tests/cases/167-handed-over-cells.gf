# An LSTM encoder-decoder in one script; both h and c are handed over. Four faults, collected from the answers: the decoder's own cell takes f of its own step, the last encoder cell gets
# nothing from the decoder's cell, the encoder's forget gate is multiplied by the new cell state, and the encoder's bias gradient is overwritten in the loop.
#! "bad decoder cell" : let dk[t] = ds[t] * od[t] * (1 - tanh(k[t])^2) + dk[t+1] * fd[t+1]
#! "bad Wd" : let dk[t] = ds[t] * od[t] * (1 - tanh(k[t])^2) + dk[t+1] * fd[t+1]
#! "bad last encoder cell" : let dk[t] = ds[t] * od[t] * (1 - tanh(k[t])^2) + dk[t+1] * fd[t+1]
#! "bad last encoder cell" : let dc[T] = dh[T] * o[T] * (1 - tanh(c[T])^2) + dk[1] * fd[1]
#! "bad We" : let dk[t] = ds[t] * od[t] * (1 - tanh(k[t])^2) + dk[t+1] * fd[t+1]
#! "bad We" : let dc[T] = dh[T] * o[T] * (1 - tanh(c[T])^2) + dk[1] * fd[1]
#! "bad We" : let dae[t] = [dc[t] * g[t] * i[t] * (1 - i[t]); dc[t] * c[t-1] * f[t] * (1 - f[t]); dc[t] * i[t] * (1 - g[t]^2); dh[t] * tanh(c[t]) * o[t] * (1 - o[t])]
#! "bad be" : let dk[t] = ds[t] * od[t] * (1 - tanh(k[t])^2) + dk[t+1] * fd[t+1]
#! "bad be" : let dc[T] = dh[T] * o[T] * (1 - tanh(c[T])^2) + dk[1] * fd[1]
#! "bad be" : let dae[t] = [dc[t] * g[t] * i[t] * (1 - i[t]); dc[t] * c[t-1] * f[t] * (1 - f[t]); dc[t] * i[t] * (1 - g[t]^2); dh[t] * tanh(c[t]) * o[t] * (1 - o[t])]
#! "bad be" : claim grad(be) = sum(t, dae[t])
steps T = 4
size  n = 3, m = 4, p = 2, K = 5
seed  22
input x[t] : n x 1
given w[t] : p x 1
given y[t] : K x 1 ~ onehot
param We : 4*m x m+n
param be : 4*m x 1
param Wd : 4*m x m+p
param bd : 4*m x 1
param V : K x m
start h[0] : m x 1 = 0
start c[0] : m x 1 ~ normal(0, 1)
start s[0] = h[T]
start k[0] = c[T]
# encoder
ae[t] = We @ [h[t-1]; x[t]] + be
i[t] = sigmoid(rows(ae[t], 1, m))
f[t] = sigmoid(rows(ae[t], m+1, 2*m))
g[t] = tanh(rows(ae[t], 2*m+1, 3*m))
o[t] = sigmoid(rows(ae[t], 3*m+1, 4*m))
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
# decoder
ad[t] = Wd @ [s[t-1]; w[t]] + bd
id[t] = sigmoid(rows(ad[t], 1, m))
fd[t] = sigmoid(rows(ad[t], m+1, 2*m))
gd[t] = tanh(rows(ad[t], 2*m+1, 3*m))
od[t] = sigmoid(rows(ad[t], 3*m+1, 4*m))
k[t] = fd[t] * k[t-1] + id[t] * gd[t]
s[t] = od[t] * tanh(k[t])
z[t] = V @ s[t]
loss sum(t, cross_entropy(z[t], y[t]))

let dz[t] = softmax(z[t]) - y[t]
let ds[t] = V' @ dz[t] + rows(Wd' @ dad[t+1], 1, m)
let dk[t] = ds[t] * od[t] * (1 - tanh(k[t])^2) + dk[t+1] * fd[t]
let dad[t] = [dk[t] * gd[t] * id[t] * (1 - id[t]); dk[t] * k[t-1] * fd[t] * (1 - fd[t]); dk[t] * id[t] * (1 - gd[t]^2); ds[t] * tanh(k[t]) * od[t] * (1 - od[t])]
let dh[T] = rows(Wd' @ dad[1], 1, m)
let dh[t] = rows(We' @ dae[t+1], 1, m)
let dc[T] = dh[T] * o[T] * (1 - tanh(c[T])^2)
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
let dae[t] = [dc[t] * g[t] * i[t] * (1 - i[t]); dc[t] * c[t] * f[t] * (1 - f[t]); dc[t] * i[t] * (1 - g[t]^2); dh[t] * tanh(c[t]) * o[t] * (1 - o[t])]
claim "ok V": grad(V) = sum(t, dz[t] @ s[t]')
claim "bad decoder cell": grad(k[t]) = dk[t]
claim "bad Wd": grad(Wd) = sum(t, dad[t] @ [s[t-1]; w[t]]')
claim "bad last encoder cell": grad(c[T]) = dc[T]
claim "bad We": grad(We) = sum(t, dae[t] @ [h[t-1]; x[t]]')
claim "bad be": grad(be) = dae[1]
