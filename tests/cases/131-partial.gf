# Gradients of a single step's loss, partial and total.
#! "bad 1" : claim grad(h[t], L[t]) = V' @ (V @ h[t] - y[t])
#! "bad 1" or : says missing|path
#! "bad 1" or : claim grad(h[t]) = V' @ (V @ h[t] - y[t]) + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
#! "bad 2" : claim grad(W[t]) = (grad(h[t]) * (1 - h[t]^2)) @ h[t-1]'
#! "bad 2" or : claim grad(W) = sum(t, (grad(h[t]) * (1 - h[t]^2)) @ h[t-1]')
#! "bad 3" : claim grad(W, L[T]) = sum(j, 1..T, (jacobian(h[T], h[j])' @ grad(h[T], L[T]) * (1 - h[j]^2)) @ h[j-1]')
#! "bad 4" : claim grad(h[j], L[T]) = jacobian(h[T], h[j])' @ grad(h[T]) for j = 1..T
#! "bad 5" : claim grad(h[j]) = sum(i, j..T, jacobian(h[i], h[j])' @ grad(h[i], L[i])) for j = 1..T
#! "bad 6" : claim grad(h[j]) = sum(i, j..T, jacobian(h[i], h[j])' @ grad(h[i], L[i])) for j = 1..T
steps T = 4
size n = 2, m = 3, k = 2
seed 76
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
L[t] = sum((V @ h[t] - y[t])^2) / 2
loss sum(t, L[t])
claim "bad 1": grad(h[t]) = V' @ (V @ h[t] - y[t])
claim "bad 2": grad(W) = (grad(h[t]) * (1 - h[t]^2)) @ h[t-1]'
claim "bad 3": grad(W, L[T]) = sum(j, 1..T, (jacobian(h[T], h[j])' @ grad(h[T], L[T]) * (1 - h[j]^2)) @ h[j]')
claim "bad 4": grad(h[j], L[T]) = jacobian(h[T], h[j]) @ grad(h[T]) for j = 1..T
claim "bad 5": grad(h[j]) = sum(i, j..T, jacobian(h[i], h[j])' @ grad(h[i])) for j = 1..T
claim "bad 6": grad(h[j]) = sum(i, j+1..T, jacobian(h[i], h[j])' @ grad(h[i], L[i])) for j = 1..T
