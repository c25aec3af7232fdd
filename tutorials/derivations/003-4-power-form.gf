# 003_e0af891a016c387a.txt: the power form of 1.5, "注意此处为简化描述，连乘表示为次方关系，略去了下标".
#
# Columns. The shorthand takes W^T tanh' for one number WT and V^T ∇_o L for one vector ∇, here g. Here they are: a
# network without tanh, W = w I and a loss that is linear in the states.
#
# Found: the exponents must go down, from T-t+1 to 0; as printed they first go up.
#
# Not expressible: none.

title "003: RNN, power form"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, outputs
seed  1

input x[t] : M x 1
param w : 1 x 1 = 0.7
param U : D x M
param V : N x D
param b : D x 1
start h[0] : D x 1 ~ normal(0, 0.5)

h[t] = w * h[t-1] + U @ x[t] + b
o[t] = V @ h[t]
L[t] = sum(o[t])

loss sum(t, L[t])

let g = V' @ ones(N, 1)

# ∇_{h_{t-1}} L = (WT)^{T-t+1} ∇_T L + (WT)^{T-t+2} ∇ + (WT)^{T-t+3} ∇ + ... + (WT)^1 ∇ + ∇
claim "003-53 power form":
      grad(h[t-1]) = w^(T-t+1) * g + w^(T-t+2) * g + w^(T-t+3) * g + sum(j, 0..T-t, w^j) * g  for t = 2..T
# The second term has one factor less than the first, not one more.
claim "003-53 corrected":
      grad(h[t-1]) = w^(T-t+1) * g + sum(j, 0..T-t, w^j) * g  for t = 2..T
