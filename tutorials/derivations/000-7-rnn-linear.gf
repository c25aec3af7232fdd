# 000_9860e5b946587914.txt: once more the last sentence on the RNN, for networks without tanh.
#
# Columns. Three linear recurrences, where ∂h_k/∂h_1 is a power of W_rec: p over P = [0, 10; 0, 0], of norm 10 and with
# both eigenvalues 0; q over Q, of norm above 10 and with both eigenvalues 0.5; r over R, with an eigenvalue 1.5.
#
# Found: of a linear network the sentence is right. The largest modulus of an eigenvalue, the spectral radius, decides:
# the norm of the k-th power is at least the k-th power of it, and its k-th root tends to it. The norm does not decide:
# below 1 it is enough for gradients to vanish (000-16), above 1 it makes nothing explode by itself. With P, of norm 10,
# there is no gradient left after two steps; with Q it grows at first, and then vanishes.
#
# Not expressible: none.

title "000: linear RNN"

steps T = 5
size  M = 3, D = 2, N = 4             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
param P : D x D = [0, 10; 0, 0]
param Q : D x D = [0.5, 10; 0, 0.5]
param R : D x D = [1.5, 10; 0, 0.5]
param W_in : D x M
param V : N x D
start p[0] : D x 1 ~ normal(0, 0.5)
start q[0] : D x 1 ~ normal(0, 0.5)
start r[0] : D x 1 ~ normal(0, 0.5)

p[t] = P @ p[t-1] + W_in @ x[t]
q[t] = Q @ q[t-1] + W_in @ x[t]
r[t] = R @ r[t-1] + W_in @ x[t]
L[t] = cross_entropy(V @ p[t], y[t]) + cross_entropy(V @ q[t], y[t]) + cross_entropy(V @ r[t], y[t])

loss sum(t, L[t])

# W_rec 要是特征值比较大，连乘还会导致梯度爆炸: where an eigenvalue is 1.5
claim "000-17 explodes, a linear network": norm2(jacobian(r[k], r[1])) >= 1.5^(k-1)  for k = 2..T
# A norm of 10 is not enough.
claim "000-17 corrected, each factor has norm 10": norm2(jacobian(p[t], p[t-1])) = 10
claim "000-17 corrected, and the products are 0": jacobian(p[t], p[j]) = 0  for j = 0..t-2
# Nor is it with Q, with which gradients grow at first.
claim "000-17 corrected, the power of Q":
      jacobian(q[t], q[j]) = 0.5^(t-j) * [1, 20 * (t-j); 0, 1]  for j = 0..t
claim "000-17 corrected, a step with Q": norm2(Q) > 10
claim "000-17 corrected, 40 steps with Q": norm2(prod(i, 1..40, Q)) < 1e-6
