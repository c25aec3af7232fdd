# 000_9860e5b946587914.txt: the last sentence on the RNN, "W_rec 要是特征值比较大，连乘还会导致梯度爆炸" (if the
# eigenvalues of W_rec are large, the repeated product explodes).
#
# Columns. W_rec is 3 times an orthogonal matrix: all its eigenvalues have modulus 3. The recurrence runs twice over
# it: h with small inputs, where tanh is nearly linear, and s with large ones, where tanh is saturated. Found: large
# eigenvalues are not enough, the slopes tanh' of saturated units undo them. Without slopes they are (000-7-…).
#
# Not expressible: none.

title "000: RNN, large weights"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
param W_rec : D x D ~ orthogonal(3)
param W_in : D x M
param V : N x D
start h[0] : D x 1 = 0
start s[0] : D x 1 = 0

a[t] = W_rec @ h[t-1] + 1e-5 * (W_in @ x[t])
h[t] = tanh(a[t])
r[t] = W_rec @ s[t-1] + 10 * (W_in @ x[t])
s[t] = tanh(r[t])
L[t] = cross_entropy(V @ h[t], y[t]) + cross_entropy(V @ s[t], y[t])

loss sum(t, L[t])

# W_rec 要是特征值比较大，连乘还会导致梯度爆炸
claim "000-17 explodes, near 0": norm2(jacobian(h[k], h[1])) >= 2.9^(k-1)  for k = 2..T
claim "000-17 explodes, anywhere": norm2(jacobian(s[k], s[1])) >= 1  for k = 2..T
# Each factor is diag(σ'(..)) W_rec: it grows for sure where 3 times the smallest slope is above 1.
claim "000-17 corrected": norm2(jacobian(s[k], s[1])) >= prod(j, 2..k, 3 * min(tanh'(r[j])))  for k = 2..T
