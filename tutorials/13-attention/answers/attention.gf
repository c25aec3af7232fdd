title "Recall by attention"
steps T = 40
size  B = 16, k = 4, m = 8         # examples, letters, units
seed  1

given y : B x k ~ onehot           # the letter, a row an example
start x[0] = [y'; ones(1, B)]      # is shown with a mark,
given noise[t] : k x B ~ normal(0, 1)
x[t] = [noise[t]; zeros(1, B)]     # then noise, without one
param U : m x k+1 ~ xavier
param W : m x m ~ xavier
param b : m x 1 = 0
param V : k x m ~ xavier
start h[0] : m x B = 0

h[t] = tanh(W @ h[t-1] + U @ x[t-1] + b)
z = V @ c
loss cross_entropy(z', y) / B

let right = mean(colsum(z * y') >= max(j, 1..k, rows(z, j, j)))

param q : 1 x m ~ xavier
s[t] = q @ h[t]
total = sum(t, exp(s[t]))
w[t] = exp(s[t]) / total
c = sum(t, w[t] * h[t])

let dz    = (softmax(z') - y)' / B
let dc    = V' @ dz
let dw[t] = colsum(dc * h[t])
let ds[t] = w[t] * (dw[t] - sum(j, 1..T, w[j] * dw[j]))
let dh[t] = w[t] * dc + q' @ ds[t] + W' @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
claim "scores": grad(s[t]) = ds[t]
claim "states": grad(h[t]) = dh[t]
claim "query":  grad(q) = sum(t, ds[t] @ h[t]')
claim "state weights": grad(W) = sum(t, da[t] @ h[t-1]')

claim "what one gains, others lose": sum(t, ds[t]) = zeros(1, B)
