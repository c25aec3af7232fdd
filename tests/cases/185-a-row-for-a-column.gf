# Deltas as rows, claims turn them; the gold score's share of the emission is forgotten in the delta.
#! "bad e" : let ge[t] = lam[t] - y[t]'
steps T = 4
size m = 3
seed 5
input e[t] : m x 1
given y[t] : m x 1 ~ onehot
param S : m x m
start la[0] : m x 1 ~ normal(0, 0.3)
la[t] = e[t] + log(colsum(exp(la[t-1] + S)))'
Z = log(sum(exp(la[T])))
gold = sum(t, y[t]' @ e[t])
loss Z - gold
let w[t] = exp(la[t-1] + S) / colsum(exp(la[t-1] + S))
let lam[t] = (w[t+1] @ lam[t+1]')'
let lam[T] = softmax(la[T])'
let ge[t] = lam[t]
claim "ok lambda": grad(la[t]) = lam[t]'
claim "bad e": grad(e[t]) = ge[t]'
