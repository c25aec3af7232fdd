# One matrix for looking up and for scoring, a let for each of its two uses; the claim has one of them.
#! "bad out" : claim grad(E) = dE_out + dE_in
#! "bad in" : claim grad(E) = qE_out + qE_in
steps T = 4
size K = 5, m = 3
given w[t] : K x 1 ~ onehot
given y[t] : K x 1 ~ onehot
param E : K x m
param W : m x m
start h[0] : m x 1 ~ normal(0, 1)
e[t] = E' @ w[t]
h[t] = tanh(e[t] + W @ h[t-1])
s[t] = E @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
let de[t] = (E' @ ds[t] + W' @ de[t+1]) * (1 - h[t]^2)
let dE_out = sum(t, ds[t] @ h[t]')
let dE_in = sum(t, w[t] @ de[t]')
claim "bad out": grad(E) = dE_out
let qE_out = sum(t, ds[t] @ h[t]')
let qE_in = sum(t, w[t] @ de[t]')
claim "bad in": grad(E) = qE_in
claim "ok W": grad(W) = sum(t, de[t] @ h[t-1]')
