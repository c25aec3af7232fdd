# One matrix for looking up and for scoring. Its gradient has two sums; each derivation has one, or one of them turned.
#! "bad 1 output only" : claim grad(E) = sum(t, ds[t] @ h[t]' + w[t] @ de[t]')
#! "bad 2 input only" : claim grad(E) = sum(t, ds[t] @ h[t]' + w[t] @ de[t]')
#! "bad 3 twice" : claim grad(E) = sum(t, ds[t] @ h[t]' + w[t] @ de[t]')
steps T = 4
size K = 5, m = 3
seed 79
given w[t] : K x 1 ~ onehot
given y[t] : K x 1 ~ onehot
param E : K x m
param W : m x m
param b : m x 1
start h[0] : m x 1 = 0
e[t] = E' @ w[t]
h[t] = tanh(e[t] + W @ h[t-1] + b)
s[t] = E @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
let de[t] = (E' @ ds[t] + W' @ de[t+1]) * (1 - h[t]^2)
claim "ok e": grad(e[t]) = de[t]
claim "bad 1 output only": grad(E) = sum(t, ds[t] @ h[t]')
claim "bad 2 input only": grad(E) = sum(t, w[t] @ de[t]')
claim "bad 3 twice": grad(E) = 2 * sum(t, ds[t] @ h[t]')
