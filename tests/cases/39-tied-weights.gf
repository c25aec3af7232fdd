# One matrix in two places: the embedding is the output's matrix turned, and one weight for state and input. The second place is forgotten; turned wrongly.
#! "bad 1 output only" : claim grad(E) = sum(t, ds[t] @ h[t]') + sum(t, x[t] @ grad(a[t])')
#! "bad 2 input only" : claim grad(E) = sum(t, ds[t] @ h[t]') + sum(t, x[t] @ grad(a[t])')
#! "bad 3 turned" : claim grad(E) = sum(t, ds[t] @ h[t]') + sum(t, x[t] @ grad(a[t])')
#! "bad 4 recursion" : let gh[t] = E' @ ds[t] + (grad(h[t+1]) * (1 - h[t+1]^2)) * w
#! "bad 5 w" : claim grad(w) = sum(t, grad(a[t]) * h[t-1])
steps T = 4
size m = 3, k = 5
given x[t] : k x 1 ~ onehot
given y[t] : k x 1 ~ onehot
param E : k x m
param w : m x 1
start h[0] : m x 1 ~ normal(0, 1)
a[t] = E' @ x[t] + w * h[t-1]
h[t] = tanh(a[t])
s[t] = E @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
claim "bad 1 output only": grad(E) = sum(t, ds[t] @ h[t]')
claim "bad 2 input only": grad(E) = sum(t, x[t] @ grad(a[t])')
claim "bad 3 turned": grad(E) = sum(t, ds[t] @ h[t]') + sum(t, grad(a[t]) @ x[t]')
let gh[t] = E @ ds[t] + (grad(h[t+1]) * (1 - h[t+1]^2)) * w
claim "bad 4 recursion": grad(h[t]) = gh[t]
claim "bad 5 w": grad(w) = sum(t, grad(a[t]) * h[t])
