# 002_7c63b3d90ffb5fcb.txt: the LSTM, with peepholes.
#
# Columns, numerator layout. The peepholes W_ci, W_cf, W_co are full matrices, as printed; f_t c_{t-1} and o_t
# tanh(c_t) are elementwise. g_t is the candidate, which the article writes out each time. The initial states are not
# 0.
#
# Found: the forward lines hold, but for a parenthesis and an index t_1; ∂c_t/∂c_{t-1} = f_t holds along the cell state
# alone, with the gates held fixed, not as the derivative that the chain rule multiplies. Without the peepholes holding
# h_{t-1} would be enough (000-35); with them it is not.
#
# Not expressible: none.

title "002: LSTM with peepholes, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given ŷ[t] : N x 1 ~ onehot
param W_xi, W_xf, W_xc, W_xo : D x M
param W_hi, W_hf, W_hc, W_ho : D x D
param W_ci, W_cf, W_co : D x D
param b_i, b_f, b_c, b_o : D x 1
param W_hy : N x D
param b_y : N x 1
start h[0] : D x 1 ~ normal(0, 0.5)
start c[0] : D x 1 ~ normal(0, 0.5)

i[t] = sigmoid(W_xi @ x[t] + W_hi @ h[t-1] + W_ci @ c[t-1] + b_i)
z_f[t] = W_xf @ x[t] + W_hf @ h[t-1] + W_cf @ c[t-1] + b_f
f[t] = sigmoid(z_f[t])
g[t] = tanh(W_xc @ x[t] + W_hc @ h[t-1] + b_c)
c[t] = f[t] * c[t-1] + i[t] * g[t]
o[t] = sigmoid(W_xo @ x[t] + W_ho @ h[t-1] + W_co @ c[t] + b_o)
h[t] = o[t] * tanh(c[t])
y[t] = W_hy @ h[t] + b_y
L[t] = cross_entropy(y[t], ŷ[t])

loss sum(t, L[t])

# --- forward --------------------------------------------------------------------------------------

# i_t = σ(W_xi x_t + W_hi h_{t-1} + W_ci c_{t-1} + b_i
claim "002-11 1st line, a parenthesis repaired": i[t] = sigmoid(W_xi @ x[t] + W_hi @ h[t-1] + W_ci @ c[t-1] + b_i)

# f_t = σ(W_xf x_t + W_hf h_{t-1} + W_cf c_{t-1} + b_f)
claim "002-12 2nd line": f[t] = sigmoid(W_xf @ x[t] + W_hf @ h[t-1] + W_cf @ c[t-1] + b_f)

# c_t = f_t c_{t-1} + i_t tanh(W_xc x_t + W_hc h_{t-1} + b_c)
claim "002-13 3rd line": c[t] = f[t] * c[t-1] + i[t] * tanh(W_xc @ x[t] + W_hc @ h[t-1] + b_c)

# o_t = σ(W_xo x_t + W_ho h_{t-1} + W_co c_t + b_o)
claim "002-14 4th line": o[t] = sigmoid(W_xo @ x[t] + W_ho @ h[t-1] + W_co @ c[t] + b_o)

# h_t = o_t tanh(c_t)
claim "002-15 5th line": h[t] = o[t] * tanh(c[t])

# input gate 和 forget gate 由 x_t, c_{t-1} 和 h_{t-1} 共同控制
claim "002-16 the input gate sees x_t, c_{t-1}, h_{t-1}":
      [norm(jacobian(i[t], x[t])), norm(jacobian(i[t], c[t-1] | h[t-1])), norm(jacobian(i[t], h[t-1]))] > 0
claim "002-16 the forget gate sees x_t, c_{t-1}, h_{t-1}":
      [norm(jacobian(f[t], x[t])), norm(jacobian(f[t], c[t-1] | h[t-1])), norm(jacobian(f[t], h[t-1]))] > 0

# 影响当前即已更新的输入是 x_t 和 h_{t-1}: what feeds the update is x_t and h_{t-1}, and not c_{t-1}
claim "002-17 the candidate sees x_t, h_{t-1}": [norm(jacobian(g[t], x[t])), norm(jacobian(g[t], h[t-1]))] > 0
claim "002-17 the candidate does not see c_{t-1}": jacobian(g[t], c[t-1] | h[t-1]) = 0

# output gate ... 不包含 c_{t-1}，取而代之的是当前更新过的记忆 c_t
claim "002-18 the output gate sees c_t": norm(jacobian(o[t], c[t])) > 0
claim "002-18 the output gate does not see c_{t-1} itself": jacobian(o[t], c[t-1] | c[t], h[t-1]) = 0

# --- how it solves the problem --------------------------------------------------------------------

# c_t = f_t c_{t-1} + i_t tanh(W_xc x_t + W_hc h_{t_1} + b_c)
claim "002-19 the cell state, index t_1": c[t] = f[t] * c[t-1] + i[t] * tanh(W_xc @ x[t] + W_hc @ h[t_1] + b_c)
# A minus sign became an underscore.
claim "002-19 corrected": c[t] = f[t] * c[t-1] + i[t] * tanh(W_xc @ x[t] + W_hc @ h[t-1] + b_c)

# ∂c_t/∂c_{t-1} = f_t
claim "002-20 along the cell state alone, gates held":
      jacobian(c[t], c[t-1] | f[t], i[t], g[t], h[t-1]) = diag(f[t])
claim "002-20 by every path": jacobian(c[t], c[t-1]) = diag(f[t])
# The gates read c_{t-1} too, through the peepholes and through h_{t-1}. Of the two, the peepholes alone:
claim "002-20 corrected, h_{t-1} held":
      jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t]) + diag(c[t-1] * f[t] * (1 - f[t])) @ W_cf +
                                        diag(g[t] * i[t] * (1 - i[t])) @ W_ci
claim "002-20 corrected":
      jacobian(c[t], c[t-1]) = diag(f[t]) + diag(c[t-1]) @ jacobian(f[t], c[t-1]) +
                               diag(g[t]) @ jacobian(i[t], c[t-1]) + diag(i[t]) @ jacobian(g[t], c[t-1])

# f_t = σ(x), σ 它上限为 1 下限为 0
claim "002-21 f_t is a sigmoid": f[t] = sigmoid(z_f[t])
claim "002-21 between 0 and 1": 0 < f[t] < 1
