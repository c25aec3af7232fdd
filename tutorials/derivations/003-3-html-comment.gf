# 003_e0af891a016c387a.txt: the derivation of 1.4 that stands in an HTML comment, with another loss.
#
# Columns. The loss of the comment, of softmax outputs ŷ_t. q_t is a sigmoid output, for comparison.
#
# Found: 1_i, "第 i 维为 1，其余维为 0 的向量", taken as such a vector makes logarithms of negative numbers; all ones work.
# The gradient takes softmax' for diagonal, as a sigmoid's is: with sigmoid outputs the whole line is right.
#
# Not expressible: none.

title "003: RNN, the loss of the HTML comment"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
param W : D x D
param U : D x M
param V : N x D
param b : D x 1
param c : N x 1
start h[0] : D x 1 ~ normal(0, 0.5)

a[t] = W @ h[t-1] + U @ x[t] + b
h[t] = tanh(a[t])
o[t] = V @ h[t] + c
ŷ[t] = softmax(o[t])
L[t] = -sum(y[t] * log(ŷ[t]) + (1 - y[t]) * log(1 - ŷ[t]))
q[t] = sigmoid(o[t])
Q[t] = -sum(y[t] * log(q[t]) + (1 - y[t]) * log(1 - q[t]))

loss sum(t, L[t])

# L = Σ_t [ -(y_t ln ŷ_t + (1_i - y_t) ln(1_i - ŷ_t)) ]
claim "003-24 loss, 1_i all ones":
      sum(t, L[t]) = sum(t, -(y[t]' @ log(ŷ[t]) + (ones(N, 1) - y[t])' @ log(ones(N, 1) - ŷ[t])))
claim "003-24 loss, 1_i the i-th unit vector":
      sum(t, L[t]) = sum(t, -(y[t]' @ log(ŷ[t]) +
                              (cols(eye(N), i, i) - y[t])' @ log(cols(eye(N), i, i) - ŷ[t])))  for i = 1..N
# 1 in every entry.
claim "003-24 corrected": sum(t, L[t]) = sum(t, -sum(y[t] * log(ŷ[t]) + (1 - y[t]) * log(1 - ŷ[t])))

# ∂L/∂c = Σ_t -(y_t/ŷ_t - (1_i-y_t)/(1_i-ŷ_t)) softmax' · I = Σ_t -(..) · ŷ_t(1_i-ŷ_t) = Σ_t (ŷ_t - y_t)
claim "003-25 dL/dc, softmax' = ŷ(1-ŷ)":
      grad(c) = sum(t, -(y[t] / ŷ[t] - (1 - y[t]) / (1 - ŷ[t])) * ŷ[t] * (1 - ŷ[t])) = sum(t, ŷ[t] - y[t])
# softmax' is a full matrix; the line is right for a sigmoid output q_t.
claim "003-25 corrected":
      grad(c) = sum(t, jacobian(ŷ[t], o[t])' @ -(y[t] / ŷ[t] - (1 - y[t]) / (1 - ŷ[t])))
claim "003-25 corrected, a sigmoid output":
      grad(c, sum(t, Q[t])) = sum(t, -(y[t] / q[t] - (1 - y[t]) / (1 - q[t])) * q[t] * (1 - q[t])) = sum(t, q[t] - y[t])
