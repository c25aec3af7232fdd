# 000_9860e5b946587914.txt: the LSTM and its chain rule.
#
# Columns, numerator layout. [h_{t-1}, x_t] is one vector on top of the other. The W of ∂E_k/∂W is not said: all
# weights, one block on top of the other, W = [W_f; W_i; W_C; W_o]. E_t is a cross-entropy behind a linear layer V.
#
# Found: as for the RNN, the chain 000-29 follows step 1 alone; besides, W_o reaches h_k without passing c_k, and the
# cell states are no chain of their own: c_{k-2} reaches c_k through h_{k-2}, o_{k-1}, h_{k-1} as well (000-31).
#
# Not expressible: none.

title "000: LSTM, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
param W_f, W_i, W_C, W_o : D x D+M
param b_f, b_i, b_C, b_o : D x 1
param V : N x D
start h[0] : D x 1 ~ normal(0, 0.5)
start c[0] : D x 1 ~ normal(0, 0.5)

W = [W_f; W_i; W_C; W_o]
z[t] = W @ [h[t-1]; x[t]]
f[t] = sigmoid(rows(z[t], 1, D) + b_f)
i[t] = sigmoid(rows(z[t], D+1, 2*D) + b_i)
c̃[t] = tanh(rows(z[t], 2*D+1, 3*D) + b_C)
c[t] = f[t] * c[t-1] + i[t] * c̃[t]
o[t] = sigmoid(rows(z[t], 3*D+1, 4*D) + b_o)
h[t] = o[t] * tanh(c[t])
E[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, E[t])

# --- what an LSTM is ------------------------------------------------------------------------------

# f_t = σ(W_f · [h_{t-1}, x_t] + b_f)
claim "000-18 forget gate": f[t] = sigmoid(W_f @ [h[t-1]; x[t]] + b_f)

# i_t = σ(W_i · [h_{t-1}, x_t] + b_i)
claim "000-19 input gate": i[t] = sigmoid(W_i @ [h[t-1]; x[t]] + b_i)

# c̃_t = tanh(W_C · [h_{t-1}, x_t] + b_C)
claim "000-20 tmp cell state": c̃[t] = tanh(W_C @ [h[t-1]; x[t]] + b_C)

# c_t = f_t * c_{t-1} + i_t * c̃_t
claim "000-21 cell state": c[t] = f[t] * c[t-1] + i[t] * c̃[t]

# o_t = σ(W_o [h_{t-1}, x_t] + b_o)
claim "000-22 output gate": o[t] = sigmoid(W_o @ [h[t-1]; x[t]] + b_o)

# h_t = o_t * tanh(c_t)
claim "000-23 hidden state": h[t] = o[t] * tanh(c[t])

# 每个门其实就是 [0, 1] 之间的一个数: each gate is a number in [0, 1] (one for each unit)
claim "000-24 gates in [0, 1]": 0 <= [f[t]; i[t]; o[t]] <= 1

# c_t 所编码是 <x_1, ..., x_t> 这个序列所包含的特征
claim "000-26 c_t has seen x_1 .. x_t": norm(jacobian(c[t], x[j])) > 0  for j = 1..t
claim "000-26 c_t has not seen x_{t+1} .. x_T": jacobian(c[t], x[j]) = 0  for j = t+1..T

# --- how gradients pass ---------------------------------------------------------------------------

# ∂E_k/∂W = ∂E_k/∂h_k · ∂h_k/∂c_k ··· ∂c_2/∂c_1 · ∂c_1/∂W
claim "000-29 chain rule through c_1 alone":
      vec(grad(W, E[k]))' = grad(h[k], E[k])' @ jacobian(h[k], c[k]) @
                            prod(s, k downto 2, jacobian(c[s], c[s-1])) @ jacobian(c[1], W)  for k = 1..T
# Every step j uses W; it reaches h_k from c_j, and from o_j, which does not pass c_j.
claim "000-29 corrected":
      vec(grad(W, E[k]))' = sum(j, 1..k, grad(h[k], E[k])' @
                                         (jacobian(h[k], c[j]) @ jacobian(c[j], W[j]) +
                                          jacobian(h[k], o[j]) @ jacobian(o[j], W[j])))  for k = 1..T

# ∂c_k/∂c_{k-1} ··· ∂c_2/∂c_1 = Π_{t=2..k} ∂c_t/∂c_{t-1}. The left side, factor by factor:
let C[1] = eye(D)
let C[t] = jacobian(c[t], c[t-1]) @ C[t-1]
claim "000-30 the product, the last step first":
      C[k] = prod(s, k downto 2, jacobian(c[s], c[s-1]))  for k = 2..T
claim "000-30 the product, as the sign Π orders it":
      C[k] = prod(s, 2..k, jacobian(c[s], c[s-1]))  for k = 2..T
# The factor of step k stands leftmost. With the hidden states held these matrices would be diagonal, and commute.
claim "000-30 corrected": C[k] = prod(s, k downto 2, jacobian(c[s], c[s-1]))  for k = 2..T

# ∂c_k/∂c_1 = Π_{t=2..k} ∂c_t/∂c_{t-1}, implied where the product stands for the way from c_1 to c_k
claim "000-31 from c_1 to c_k, the hidden states held":
      jacobian(c[k], c[1] | h) = prod(s, k downto 2, jacobian(c[s], c[s-1] | h[s-1]))  for k = 2..T
claim "000-31 from c_1 to c_k, by every path, as 000-33 goes on":
      jacobian(c[k], c[1]) = prod(s, k downto 2, jacobian(c[s], c[s-1]))  for k = 2..T
# What a step hands on is the pair (h_t, c_t): its Jacobians multiply.
let J[t] = [jacobian(h[t], h[t-1] | c[t-1]), jacobian(h[t], c[t-1] | h[t-1]);
            jacobian(c[t], h[t-1] | c[t-1]), jacobian(c[t], c[t-1] | h[t-1])]
claim "000-31 corrected":
      jacobian(c[k], c[1]) = rows(prod(s, k downto 2, J[s]), D+1, 2*D) @ [jacobian(h[1], c[1]); eye(D)]  for k = 2..T
