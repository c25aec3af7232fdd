# 004_679c7ae67a4d2780.txt: vanishing gradients and the LSTM; sections 2 and 3.
#
# Columns. The model is the article's own, equation by equation as section 3.2 prints it, which is the kinder reading:
# the candidate ĉ_t with σ, the output gate by the second formula for o_t. (004-2-lstm-of-the-code.gf has the LSTM that
# its code runs.) x is x_t. 3.3 writes c̃_t for ĉ_t: both are here. For f_t and i_t, which have no formula, the usual
# gates. Outputs and loss are those of the code: linear and the mean squared error, at every step. 3.3 gives gradients
# of parameters without a sum over the steps: read as the share of step t, grad(W[t]), whose sum is the gradient. A
# derivative of the loss is a row there, so that the chain rule runs from left to right.
#
# Found: o_t is defined twice; of the fourteen lines of 3.3 none holds in every reading, and one, 004-24, in a reading
# in which it says that ∂L/∂c_t is itself. They run through factors that are 0 (∂c̃_t/∂W_xo, ∂ĉ_t/∂c_t, ∂c̃_t/∂h_t),
# leave out others (o(1-o), f_{t+1}), stop at step t where the cell state goes on, and have their left side on the right
# once more.
#
# Not expressible: none.

title "004: LSTM as printed, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, outputs
seed  1

input x[t] : M x 1
given y[t] : N x 1
given μ[t] : D x 1 ~ uniform(0, 1)    # for dropout: a unit is kept where this is above 0.5
param W_xf, W_xi, W_xc, W_xo : D x M ~ xavier
param W_hf, W_hi, W_hc, W_ho : D x D ~ xavier
param b_f, b_i, b_c, b_o : D x 1 ~ xavier
param W_r : D x D
param U_r : D x M
param V : N x D
param d : N x 1
start h[0] : D x 1 ~ normal(0, 0.5)
start c[0] : D x 1 ~ normal(0, 0.5)
start r[0] : D x 1 ~ normal(0, 0.5)

z_f[t] = W_xf @ x[t] + W_hf @ h[t-1] + b_f
f[t] = sigmoid(z_f[t])
z_i[t] = W_xi @ x[t] + W_hi @ h[t-1] + b_i
i[t] = sigmoid(z_i[t])
z_c[t] = W_xc @ x[t] + W_hc @ h[t-1] + b_c
ĉ[t] = sigmoid(z_c[t])
c̃[t] = ĉ[t]
c[t] = f[t] * c[t-1] + i[t] * c̃[t]
z_o[t] = W_xo @ x[t] + W_ho @ tanh(c[t]) + b_o
o[t] = sigmoid(z_o[t])
h[t] = o[t] * tanh(c[t])
out[t] = V @ h[t] + d
L[t] = mse(out[t], y[t])

r[t] = tanh(W_r @ r[t-1] + U_r @ x[t])          # a plain RNN, for 004-12

loss sum(t, L[t])

# --- 2.4 gradients of parameters ------------------------------------------------------------------

# 参数梯度 ... 代表了对于某个参数的微小变化引起的损失函数的变化量. One entry of V moved by 1e-4 up and down:
let E_11 = 1e-4 * cols(eye(N), 1, 1) @ rows(eye(D), 1, 1)
let L_up = sum(t, mse((V + E_11) @ h[t] + d, y[t]))
let L_down = sum(t, mse((V - E_11) @ h[t] + d, y[t]))
claim "004-01 change of the loss per change of a parameter":
      (L_up - L_down) / 2e-4 = cols(rows(grad(V), 1, 1), 1, 1)

# --- 3.1 initialisation ---------------------------------------------------------------------------

# 使用 Xavier 初始化方法对权重矩阵 W 和偏置向量 b 进行初始化: uniform, up to sqrt(6 / (fan-in + fan-out)), columns + rows
claim "004-05 Xavier, W_x": max(abs([W_xf, W_xi, W_xc, W_xo])) <= sqrt(6 / (D + M))
claim "004-05 Xavier, W_h": max(abs([W_hf, W_hi, W_hc, W_ho])) <= sqrt(6 / (D + D))
claim "004-05 Xavier, b on its own, a matrix D x 1": max(abs([b_f, b_i, b_c, b_o])) <= sqrt(6 / (D + 1))
claim "004-05 Xavier, b as a column of [W_x, W_h, b]": max(abs([b_f, b_i, b_c, b_o])) <= sqrt(6 / (D + M + D + 1))
# A vector has no fan-in and no fan-out (PyTorch's xavier_uniform_ refuses one): the rule can be followed on the
# condition that b is taken for a matrix, and depends on which. On its own, D x 1, it has fan-in 1 and fan-out D:
claim "004-05 corrected": -sqrt(6 / (D + 1)) <= [b_f, b_i, b_c, b_o] <= sqrt(6 / (D + 1))

# --- 3.2 forward ----------------------------------------------------------------------------------

# o_t = tanh(W_xo x + W_ho h_{t-1} + b_o)
claim "004-06 1st formula": o[t] = tanh(W_xo @ x[t] + W_ho @ h[t-1] + b_o)
# The fourth formula defines o_t once more, otherwise.
claim "004-06 corrected": o[t] = sigmoid(W_xo @ x[t] + W_ho @ tanh(c[t]) + b_o)

# ĉ_t = σ(W_xc x + W_hc (h_{t-1}) + b_c)
claim "004-07 2nd formula": ĉ[t] = sigmoid(W_xc @ x[t] + W_hc @ h[t-1] + b_c)

# c_t = f_t * c_{t-1} + i_t * ĉ_t
claim "004-08 3rd formula": c[t] = f[t] * c[t-1] + i[t] * ĉ[t]

# o_t = σ(W_xo x + W_ho * tanh(c_t) + b_o)
claim "004-09 4th formula, a matrix product": o[t] = sigmoid(W_xo @ x[t] + W_ho @ tanh(c[t]) + b_o)
claim "004-09 4th formula, * as in the lines around": o[t] = sigmoid(W_xo @ x[t] + W_ho * tanh(c[t]) + b_o)
# A product of matrices: W_ho is D x D, tanh(c_t) D x 1.
claim "004-09 corrected": o[t] = sigmoid(W_xo @ x[t] + W_ho @ tanh(c[t]) + b_o)

# h_t = o_t * tanh(c_t)
claim "004-10 5th formula": h[t] = o[t] * tanh(c[t])

# f_t, i_t 分别表示遗忘门控单元和输入门控单元的输出 (no formula given)
claim "004-11 f_t, the output of a gate": f[t] = sigmoid(W_xf @ x[t] + W_hf @ h[t-1] + b_f)
claim "004-11 i_t, the output of a gate": i[t] = sigmoid(W_xi @ x[t] + W_hi @ h[t-1] + b_i)
claim "004-11 both between 0 and 1": 0 < [f[t]; i[t]] < 1

# 与一般的循环神经网络不同的是，LSTM 在计算当前时间步的隐藏状态时还要用到上一次时间步的状态信息
claim "004-12 the LSTM uses the last step's cell state": norm(jacobian(h[t], c[t-1] | h[t-1])) > 0
claim "004-12 the LSTM uses the last step's hidden state": norm(jacobian(h[t], h[t-1])) > 0
claim "004-12 a plain RNN does not use the last step's state": jacobian(r[t], r[t-1]) = 0
# It does: that is what makes it recurrent. What it lacks is the cell state.
claim "004-12 corrected": jacobian(r[t], r[t-1]) = diag(1 - r[t]^2) @ W_r

# --- 3.3 backward, the parameters -----------------------------------------------------------------

# ∂L/∂W_xo = ∂L/∂o_t · ∂o_t/∂c̃_t · ∂c̃_t/∂W_xo
claim "004-13 dL/dW_xo": vec(grad(W_xo[t]))' = grad(o[t])' @ jacobian(o[t], c̃[t]) @ jacobian(c̃[t], W_xo[t])
# c̃_t does not depend on W_xo: the way is from W_xo to o_t directly.
claim "004-13 corrected": grad(W_xo) = sum(t, (grad(o[t]) * o[t] * (1 - o[t])) @ x[t]')

# ∂L/∂W_ho = ∂L/∂h_t · ∂h_t/∂c̃_t · ∂c̃_t/∂W_ho
claim "004-14 dL/dW_ho": vec(grad(W_ho[t]))' = grad(h[t])' @ jacobian(h[t], c̃[t]) @ jacobian(c̃[t], W_ho[t])
claim "004-14 corrected": grad(W_ho) = sum(t, (grad(o[t]) * o[t] * (1 - o[t])) @ tanh(c[t])')

# ∂L/∂b_o = ∂L/∂o_t
claim "004-15 dL/db_o": grad(b_o[t]) = grad(o[t])
# The slope of the sigmoid is missing.
claim "004-15 corrected": grad(b_o) = sum(t, grad(o[t]) * o[t] * (1 - o[t]))

# ∂L/∂W_xc = ∂L/∂o_t · ∂o_t/∂c̃_t · ∂c̃_t/∂W_xc
claim "004-16 dL/dW_xc": vec(grad(W_xc[t]))' = grad(o[t])' @ jacobian(o[t], c̃[t]) @ jacobian(c̃[t], W_xc[t])
# c̃_t acts through c_t, on h_t and on c_{t+1}, and not through o_t alone.
claim "004-16 corrected": grad(W_xc) = sum(t, (grad(c[t]) * i[t] * ĉ[t] * (1 - ĉ[t])) @ x[t]')

# ∂L/∂W_hc = ∂L/∂h_t · ∂h_t/∂c̃_t · ∂c̃_t/∂W_hc
claim "004-17 dL/dW_hc": vec(grad(W_hc[t]))' = grad(h[t])' @ jacobian(h[t], c̃[t]) @ jacobian(c̃[t], W_hc[t])
# Not through h_t alone either: c_t is handed on to c_{t+1}. At the last step the line is right.
claim "004-17 corrected": grad(W_hc) = sum(t, (grad(c[t]) * i[t] * ĉ[t] * (1 - ĉ[t])) @ h[t-1]')

# ∂L/∂b_c = ∂L/∂c_t
claim "004-18 dL/db_c": grad(b_c[t]) = grad(c[t])
claim "004-18 corrected": grad(b_c) = sum(t, grad(c[t]) * i[t] * ĉ[t] * (1 - ĉ[t]))

# --- 3.3 backward, gates and states ---------------------------------------------------------------

# ∂L/∂o_t = ∂L/∂o_t - (∂L/∂h_t · ∂h_t/∂o_t)^T · ∂h_t/∂c_t
claim "004-19 dL/do_t, without the transpose":
      grad(o[t])' = grad(o[t])' - grad(h[t])' @ jacobian(h[t], o[t]) @ jacobian(h[t], c[t])
claim "004-19 dL/do_t":
      grad(o[t])' = grad(o[t])' - (grad(h[t])' @ jacobian(h[t], o[t]))' @ jacobian(h[t], c[t])
# A quantity less something is not itself; the first product alone is it.
claim "004-19 corrected": grad(o[t])' = grad(h[t])' @ jacobian(h[t], o[t])

# ∂L/∂f_t = δL/δf_t - (∂L/∂h_t · ∂h_t/∂f_t^T) · ∂h_t/∂c_t
claim "004-20 dL/df_t":
      grad(f[t])' = grad(f[t])' - grad(h[t])' @ jacobian(h[t], f[t])' @ jacobian(h[t], c[t])
claim "004-20 corrected": grad(f[t]) = grad(c[t]) * c[t-1]

# ∂L/∂h_t = ∂L/∂h_t · ∂h_t/∂o_t + ∂L/∂h_t · ∂h_t/∂c_t · ∂c_t/∂c̃_t · ∂c̃_t/∂h_t
claim "004-21 dL/dh_t":
      grad(h[t])' = grad(h[t])' @ jacobian(h[t], o[t]) +
                    grad(h[t])' @ jacobian(h[t], c[t]) @ jacobian(c[t], c̃[t]) @ jacobian(c̃[t], h[t])
# h_t acts on the output of step t and on the gates of step t+1.
claim "004-21 corrected":
      grad(h[t]) = V' @ grad(out[t]) + W_hf' @ grad(z_f[t+1]) + W_hi' @ grad(z_i[t+1]) + W_hc' @ grad(z_c[t+1])

# (∂L/∂h_t · ∂h_t/∂o_t)^T = ∂L/∂o_t · (∂o_t/∂h_t)^T, "将向量转换成行列式相等的形式"
claim "004-22 the remark, without the first transpose":
      grad(h[t])' @ jacobian(h[t], o[t]) = grad(o[t])' @ jacobian(o[t], h[t])'
claim "004-22 the remark":
      (grad(h[t])' @ jacobian(h[t], o[t]))' = grad(o[t])' @ jacobian(o[t], h[t])'
# o_t comes before h_t, so ∂o_t/∂h_t is 0; the transposed product is the product of the transposes, the other way round.
claim "004-22 corrected": (grad(h[t])' @ jacobian(h[t], o[t]))' = jacobian(h[t], o[t])' @ grad(h[t]) = grad(o[t])

# ∂L/∂c_t = ∂L/∂h_t · ∂h_t/∂c_t · ∂c_t/∂c̃_t + ∂L/∂c_t · ∂L/∂f_t · ∂f_t/∂c_{t-1} · ∂c_{t-1}/∂c_t
claim "004-23 dL/dc_t, line 1, the two rows multiplied elementwise":
      grad(c[t])' = grad(h[t])' @ jacobian(h[t], c[t]) @ jacobian(c[t], c̃[t]) +
                    grad(c[t])' * grad(f[t])' @ jacobian(f[t], c[t-1]) @ jacobian(c[t-1], c[t])
claim "004-23 dL/dc_t, line 1":
      grad(c[t])' = grad(h[t])' @ jacobian(h[t], c[t]) @ jacobian(c[t], c̃[t]) +
                    grad(c[t])' @ grad(f[t])' @ jacobian(f[t], c[t-1]) @ jacobian(c[t-1], c[t])
# c_t acts through h_t, without ∂c_t/∂c̃_t, and through c_{t+1}.
claim "004-23 corrected": grad(c[t])' = grad(h[t])' @ jacobian(h[t], c[t]) + grad(c[t+1])' @ diag(f[t+1])

# = δL/δc_t + δL/δf_t · ∂f_t/∂c_{t-1} · ∂c_{t-1}/∂c_t = δL/δc_t + δL/δf_t · 0 = δL/δc_t. With δL/δc_t for ∂L/∂c_t it is
# circular, and says nothing:
claim "004-24 dL/dc_t, lines 2 to 4, δL/δc_t is ∂L/∂c_t":
      grad(c[t])' = grad(c[t])' + grad(f[t])' @ jacobian(f[t], c[t-1]) @ jacobian(c[t-1], c[t]) =
      grad(c[t])' + grad(f[t])' * 0 = grad(c[t])'
# By its place δL/δc_t is the first product of line 1:
let δc[t] = grad(h[t])' @ jacobian(h[t], c[t]) @ jacobian(c[t], c̃[t])
claim "004-24 dL/dc_t, lines 2 to 4, δL/δc_t is line 1's first product":
      grad(c[t])' = δc[t] + grad(f[t])' @ jacobian(f[t], c[t-1]) @ jacobian(c[t-1], c[t]) =
      δc[t] + grad(f[t])' * 0 = δc[t]
# As in 004-23: without ∂c_t/∂c̃_t, and c_{t+1} hands its error on.
claim "004-24 corrected": grad(c[t])' = grad(h[t])' @ jacobian(h[t], c[t]) + grad(c[t+1])' @ diag(f[t+1])

# ∂L/∂i_t = ∂L/∂h_t · ∂h_t/∂ĉ_t · ∂ĉ_t/∂c_t · ∂c_t/∂i_t
claim "004-25 dL/di_t":
      grad(i[t])' = grad(h[t])' @ jacobian(h[t], ĉ[t]) @ jacobian(ĉ[t], c[t]) @ jacobian(c[t], i[t])
# ĉ_t comes before c_t: ∂ĉ_t/∂c_t is 0.
claim "004-25 corrected": grad(i[t])' = grad(c[t])' @ jacobian(c[t], i[t]) = (grad(c[t]) * ĉ[t])'

# ∂L/∂f_t = ∂L/∂h_t · ∂h_t/∂c̃_t · ∂c̃_t/∂c_t · ∂c_t/∂f_t
claim "004-26 dL/df_t":
      grad(f[t])' = grad(h[t])' @ jacobian(h[t], c̃[t]) @ jacobian(c̃[t], c[t]) @ jacobian(c[t], f[t])
claim "004-26 corrected": grad(f[t])' = grad(c[t])' @ jacobian(c[t], f[t]) = (grad(c[t]) * c[t-1])'

# ĉ_t in 3.2, c̃_t in 3.3: two letters for the candidate. This line is circular: that the two are one is nowhere said,
# the file takes it so (c̃[t] = ĉ[t] is an equation of its model), and could not judge 3.3 otherwise.
claim "004-27 two letters, one quantity": c̃[t] = ĉ[t]

# --- 3.4 regularisation ---------------------------------------------------------------------------

# L2 正则化可以在损失函数中引入参数的平方和: each weight's gradient grows by twice the weight times the factor
claim "004-28 L2": grad(W_xc, sum(t, L[t]) + 0.01 * sum(W_xc^2)) = grad(W_xc) + 2 * 0.01 * W_xc

# dropout 可以在每一次迭代中随机忽略一部分神经元: what is ignored counts neither forward nor backward. Kept or not:
let kept[t] = relu'(μ[t] - 0.5)
claim "004-29 dropout, a unit is in or out": kept[t] * (1 - kept[t]) = 0
claim "004-29 dropout, no gradient where it is out":
      grad(h[t], mse(V @ (relu'(μ[t] - 0.5) * h[t]) + d, y[t])) * (1 - kept[t]) = 0
