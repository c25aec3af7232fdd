# Homework in index notation, no matrices at all. Going back, the sum over the units j of the next step needs w_ji; the student keeps the
# forward pass's w_ij. The gradient of w_ij has the indices of error and state exchanged, and the Jacobian's entry takes the slope of the
# unit it comes from.
#! "bad delta" : claim "bad delta": entry(grad(a[t]), i, 1) = (1 - entry(h[t], i, 1)^2) * (sum(l, 1..k, entry(V, l, i) * (entry(softmax(z[t]), l, 1) - entry(y[t], l, 1))) + sum(j, 1..m, entry(W, j, i) * entry(grad(a[t+1]), j, 1)))  for i = 1..m
#! "bad w_ij" : claim "bad w_ij": entry(grad(W), i, j) = sum(t, entry(grad(a[t]), i, 1) * entry(h[t-1], j, 1))  for i = 1..m, j = 1..m
#! "bad slope" : claim "bad slope": entry(jacobian(h[t], h[t-1]), i, j) = (1 - entry(h[t], i, 1)^2) * entry(W, i, j)  for i = 1..m, j = 1..m
steps T = 4
size n = 2, m = 4, k = 3
seed 18
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)

a[t] = U @ x[t] + W @ h[t-1]
h[t] = tanh(a[t])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))

claim "ok v_li": entry(grad(V), l, i) = sum(t, (entry(softmax(z[t]), l, 1) - entry(y[t], l, 1)) * entry(h[t], i, 1))  for l = 1..k, i = 1..m
claim "bad delta": entry(grad(a[t]), i, 1) = (1 - entry(h[t], i, 1)^2) * (sum(l, 1..k, entry(V, l, i) * (entry(softmax(z[t]), l, 1) - entry(y[t], l, 1))) + sum(j, 1..m, entry(W, i, j) * entry(grad(a[t+1]), j, 1)))  for i = 1..m
claim "bad w_ij": entry(grad(W), i, j) = sum(t, entry(grad(a[t]), j, 1) * entry(h[t-1], i, 1))  for i = 1..m, j = 1..m
claim "ok u_ij": entry(grad(U), i, j) = sum(t, entry(grad(a[t]), i, 1) * entry(x[t], j, 1))  for i = 1..m, j = 1..n
claim "bad slope": entry(jacobian(h[t], h[t-1]), i, j) = (1 - entry(h[t], j, 1)^2) * entry(W, i, j)  for i = 1..m, j = 1..m
