# AR and TAR as in AWD-LSTM, here for a plain RNN, with weight decay lam * sum(W^2), W only. Three things are wrong: a state's difference from the NEXT
# one is left out of its error, the decay's gradient has lost its 2, and the bias is given a decay that the loss does not have.
#! "bad h" : let dh[t] = V' @ dy[t] + 2 * ar * h[t] + 2 * tar * (df[t] - df[t+1]) + W' @ da[t+1]
#! "bad U" : let dh[t] = V' @ dy[t] + 2 * ar * h[t] + 2 * tar * (df[t] - df[t+1]) + W' @ da[t+1]
#! "bad W" : let dh[t] = V' @ dy[t] + 2 * ar * h[t] + 2 * tar * (df[t] - df[t+1]) + W' @ da[t+1]
#! "bad W" : claim grad(W) = sum(t, da[t] @ h[t-1]') + 2 * lam * W
#! "bad b" : let dh[t] = V' @ dy[t] + 2 * ar * h[t] + 2 * tar * (df[t] - df[t+1]) + W' @ da[t+1]
#! "bad b" : claim grad(b) = sum(t, da[t])
steps T = 5
size  n = 3, m = 4, k = 2
seed  19
input x[t] : n x 1
given y[t] : k x 1
given ar, tar, lam : 1 x 1 ~ uniform(0.2, 0.9)
param U : m x n
param W : m x m
param b : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1] + b)
loss sum(t, sum((V @ h[t] - y[t])^2)) / 2 + ar * sum(t, sum(h[t]^2)) + tar * sum(t, sum((h[t] - h[t-1])^2)) + lam * sum(W^2)
let dy[t] = V @ h[t] - y[t]
let df[t] = h[t] - h[t-1]
let dh[t] = V' @ dy[t] + 2 * ar * h[t] + 2 * tar * df[t] + W' @ da[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
claim "ok V": grad(V) = sum(t, dy[t] @ h[t]')
claim "bad h": grad(h[t]) = dh[t]
claim "bad U": grad(U) = sum(t, da[t] @ x[t]')
claim "bad W": grad(W) = sum(t, da[t] @ h[t-1]') + lam * W
claim "bad b": grad(b) = sum(t, da[t]) + lam * b
