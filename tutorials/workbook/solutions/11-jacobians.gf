# 11. From the first step to the last the Jacobians of the steps are multiplied. Matrices do not commute, and the product was
# written in the order in which the steps are taken; the range of the second one starts a step too early.

title "11. Jacobians over many steps"

steps T = 5
size  n = 2, m = 3
seed  21

input x[t] : n x 1
param W : m x n
param R : m x m
start h[0] : m x 1 ~ uniform(-1, 1)

a[t] = W @ x[t] + R @ h[t-1]
h[t] = sigmoid(a[t])
loss sum(h[T])

let J[t] = diag(h[t] * (1 - h[t])) @ R

claim "one step":   jacobian(h[t], h[t-1]) = J[t]
claim "to the end": jacobian(h[T], h[j]) = prod(s, T downto j+1, J[s])  for j = 0..T-1
claim "any two":    jacobian(h[t], h[j]) = prod(s, t downto j+1, J[s])  for j = 1..t-1
claim "gradient":   grad(h[j]) = prod(s, j+1..T, J[s]') @ ones(m, 1)  for j = 1..T-1
