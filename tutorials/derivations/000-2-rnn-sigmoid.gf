# 000_9860e5b946587914.txt: the sentence on the sigmoid, "如果激活函数是sigmoid问题会更大" (worse with sigmoid).
#
# Columns. The recurrence of 000-1-rnn.gf twice over the same weights and inputs: h with tanh, s with the sigmoid.
# Found: the bound with 0.25 holds for any weights; the comparison holds where tanh is not saturated (beyond |a| = 1.6
# or so tanh' is the smaller one), so the inputs are small.
#
# Not expressible: none.

title "000: RNN with a sigmoid"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1 ~ normal(0, 0.3)
given y[t] : N x 1 ~ onehot
param W_rec : D x D ~ orthogonal(0.9)
param W_in : D x M
param V : N x D
start h[0] : D x 1 = 0
start s[0] : D x 1 = 0

a[t] = W_rec @ h[t-1] + W_in @ x[t]
h[t] = tanh(a[t])
r[t] = W_rec @ s[t-1] + W_in @ x[t]
s[t] = sigmoid(r[t])
L[t] = cross_entropy(V @ h[t], y[t]) + cross_entropy(V @ s[t], y[t])

loss sum(t, L[t])

# sigmoid 导数绝对值的上界是 0.25，一下子就没了
claim "000-16 with the sigmoid": norm2(jacobian(s[k], s[1])) <= (0.25 * norm2(W_rec))^(k-1)  for k = 2..T  within 1e-12
claim "000-16 worse than with tanh": norm2(jacobian(s[k], s[1])) < norm2(jacobian(h[k], h[1]))  for k = 2..T
