# Truncated BPTT with windows: the recursion goes on over the cut; the weight's sum is over the last window only; the cut is put after the wrong step.
#! "bad V" : claim grad(V) = sum(t, (softmax(s[t]) - y[t]) @ h[t]')
#! "bad one window" : claim grad(W) = sum(t, grad(a[t]) @ h[t-1]')
#! "bad a" : claim grad(a[t]) = grad(h[t]) * (1 - h[t]^2)
#! "bad last of window" or : says truncate
#! "bad last of window" : claim grad(h[2]) = V' @ (softmax(s[2]) - y[2])
steps T = 4
truncate 2
size n = 2, m = 3, k = 4
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = tanh(a[t])
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
claim "bad V": grad(V) = (softmax(s[T]) - y[T]) @ h[T]'
claim "bad one window": grad(W) = sum(j, 3..4, grad(a[j]) @ h[j-1]')
claim "bad a": grad(a[t]) = grad(h[t]) * (1 - h[t-1]^2)
claim "bad last of window": grad(h[2]) = V' @ (softmax(s[2]) - y[2]) + W' @ grad(a[3])
