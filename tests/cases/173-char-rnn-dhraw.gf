# Comments under a well-known 112-line character model. One asks about dhnext = Whh.T dhraw and would pass dh itself
# on, as it is the gradient of h. Another divides the gradients by the sequence length, now that the loss is the
# mean over it, and leaves out by.
#! "bad Wxh" : let dhnext[t] = Whh' @ dhraw[t+1]
#! "bad Whh" : let dhnext[t] = Whh' @ dhraw[t+1]
#! "bad bh" : let dhnext[t] = Whh' @ dhraw[t+1]
#! "bad by" : claim grad(by) = sum(t, dy[t]) / T
steps T = 5
size  vocab = 6, hidden = 4
seed  112
input xs[t] : vocab x 1 ~ onehot
given target[t] : vocab x 1 ~ onehot
param Wxh : hidden x vocab
param Whh : hidden x hidden
param Why : vocab x hidden
param bh : hidden x 1
param by : vocab x 1
start hs[0] : hidden x 1 ~ normal(0, 0.7)

hs[t] = tanh(Wxh @ xs[t] + Whh @ hs[t-1] + bh)
ys[t] = Why @ hs[t] + by
loss sum(t, cross_entropy(ys[t], target[t])) / T

let dy[t] = softmax(ys[t]) - target[t]
let dhnext[t] = Whh' @ dh[t+1]
let dh[t] = Why' @ dy[t] + dhnext[t]
let dhraw[t] = (1 - hs[t] * hs[t]) * dh[t]
claim "ok Why": grad(Why) = sum(t, dy[t] @ hs[t]') / T
claim "bad by": grad(by) = sum(t, dy[t])
claim "bad Wxh": grad(Wxh) = sum(t, dhraw[t] @ xs[t]') / T
claim "bad Whh": grad(Whh) = sum(t, dhraw[t] @ hs[t-1]') / T
claim "bad bh": grad(bh) = sum(t, dhraw[t]) / T
