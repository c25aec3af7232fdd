# IndRNN: the recurrent weight is a vector, times h entry by entry. Outer and matrix products are kept from the full cell. That relu's slope may be taken
# at its output is right.
#! "bad 1 outer" : claim grad(u) = sum(t, da[t] * h[t-1])
#! "bad 2 back" : let eh[t] = V' @ ds[t] + u * ea[t+1]
#! "bad 3 all in one" : claim grad(u) = sum(t, da[t] * h[t-1])
#! "bad 4 no weight" : claim jacobian(h[t], h[t-1]) = diag(relu'(a[t]) * u)
steps T = 4
size n = 3, m = 5, k = 2
seed 179
input x[t] : n x 1
given y[t] : k x 1
param W : m x n
param u : m x 1 ~ uniform(0.5, 1.2)
param V : k x m
param b : m x 1 ~ uniform(0, 1)
start h[0] : m x 1 ~ uniform(0, 1)
a[t] = W @ x[t] + u * h[t-1] + b
h[t] = relu(a[t])
loss sum(t, mse(V @ h[t], y[t]))
let ds[t] = 2 / k * (V @ h[t] - y[t])
let da[t] = grad(h[t]) * relu'(h[t])
claim "ok relu at output": grad(W) = sum(t, da[t] @ x[t]')
claim "ok h": grad(h[t]) = V' @ ds[t] + u * da[t+1]
claim "bad 1 outer": grad(u) = sum(t, da[t] @ h[t-1]')
let eh[t] = V' @ ds[t] + ea[t+1]
let ea[t] = eh[t] * relu'(a[t])
claim "bad 2 back": grad(b) = sum(t, ea[t])
claim "bad 3 all in one": grad(u) = sum(t, da[t]' @ h[t-1])
claim "bad 4 no weight": jacobian(h[t], h[t-1]) = diag(relu'(a[t])) @ diag(h[t-1])
