# 000_9860e5b946587914.txt: the first variant of the LSTM, with peepholes (its figure).
#
# Columns. The figure has f_t = σ(W_f · [c_{t-1}, h_{t-1}, x_t] + b_f), the same for i_t, and the new c_t for o_t.
# Found: the sentence is right of f_t and i_t; o_t sees the old state by way of the new one.
#
# Not expressible: none.

title "000: peephole LSTM, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
param W_f, W_i, W_o : D x 2*D+M
param W_C : D x D+M
param b_f, b_i, b_C, b_o : D x 1
param V : N x D
start h[0] : D x 1 ~ normal(0, 0.5)
start c[0] : D x 1 ~ normal(0, 0.5)

f[t] = sigmoid(W_f @ [c[t-1]; h[t-1]; x[t]] + b_f)
i[t] = sigmoid(W_i @ [c[t-1]; h[t-1]; x[t]] + b_i)
c̃[t] = tanh(W_C @ [h[t-1]; x[t]] + b_C)
c[t] = f[t] * c[t-1] + i[t] * c̃[t]
o[t] = sigmoid(W_o @ [c[t]; h[t-1]; x[t]] + b_o)
h[t] = o[t] * tanh(c[t])
E[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, E[t])

# 在计算 gate 的时候还考虑了 old cell state: the gates also look at the old cell state
claim "000-27 f_t looks at c_{t-1}": norm(jacobian(f[t], c[t-1] | h[t-1])) > 0
claim "000-27 i_t looks at c_{t-1}": norm(jacobian(i[t], c[t-1] | h[t-1])) > 0
claim "000-27 o_t looks at c_{t-1}, by way of c_t": norm(jacobian(o[t], c[t-1] | h[t-1])) > 0
claim "000-27 o_t looks at c_{t-1} itself": norm(jacobian(o[t], c[t-1] | h[t-1], c[t])) > 0
# The output gate comes after the new state and looks at that.
claim "000-27 corrected": jacobian(o[t], c[t-1] | h[t-1]) = jacobian(o[t], c[t]) @ jacobian(c[t], c[t-1] | h[t-1])
