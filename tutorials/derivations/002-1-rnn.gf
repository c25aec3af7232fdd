# 002_7c63b3d90ffb5fcb.txt: the mathematics of RNN and LSTM, its part on the RNN.
#
# Columns, numerator layout. σ is the sigmoid ("一般为 Sigmoid function"). y_t is the output, so the target is ŷ_t here;
# the loss, which the article leaves open, is softmax and cross-entropy. The initial state is not 0.
#
# Found: (2) lacks h_t; the double sum of the gradient lacks its last factor ∂h_k/∂W, without which it has not even the
# shape of a gradient; σ' · W_hh needs a diagonal matrix; the rest holds, the last sentence for weights that are not
# large (002-2-rnn-large-weights.gf has large ones).
#
# Not expressible: none.

title "002: RNN, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given ŷ[t] : N x 1 ~ onehot
given u : 1 x 9 = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]     # where a function's range is asked for
param W_xh : D x M
param W_hh : D x D ~ orthogonal(2)
param b_h : D x 1
param W_hy : N x D
param b_y : N x 1
start h[0] : D x 1 ~ normal(0, 0.5)

a[t] = W_xh @ x[t] + W_hh @ h[t-1] + b_h
h[t] = sigmoid(a[t])
y[t] = W_hy @ h[t] + b_y
L[t] = cross_entropy(y[t], ŷ[t])

loss sum(t, L[t])

# h_t = σ(W_xh x_t + W_hh h_{t-1} + b_h)
claim "002-01 eq 1": h[t] = sigmoid(W_xh @ x[t] + W_hh @ h[t-1] + b_h)

# y_t = W_hy + b_y
claim "002-02 eq 2": y[t] = W_hy + b_y
# The state h_t is left out.
claim "002-02 corrected": y[t] = W_hy @ h[t] + b_y

# 输入是一个序列 x = {x_t ... x_T}: the input is the sequence from x_t to x_T. All of it, step by step in columns:
let X = sum(j, 1..T, x[j] @ rows(eye(T), j, j))
claim "002-03 x, t the first step": X = sum(j, t..T, x[j] @ rows(eye(T), j, j))  for t = 1..1
claim "002-03 x, t as in (1)": X = sum(j, t..T, x[j] @ rows(eye(T), j, j))
# From x_1 on.
claim "002-03 corrected": X = sum(j, 1..T, x[j] @ rows(eye(T), j, j))

# h_{t-1} 里其实是包含 h_0 到 h_{t-2} 这些项的
claim "002-04 h_{t-1} contains h_0 .. h_{t-2}": norm(jacobian(h[t-1], h[j])) > 0  for j = 0..t-2

# ∂L_t/∂W^h = Σ_{t=0..T} Σ_{k=0..t} ∂L_t/∂y_t · ∂y_t/∂h_t · (Π_{j=k+1..t} ∂h_j/∂h_{j-1})
claim "002-05 the double sum":
      vec(grad(W_hh))' = sum(t, sum(k, 0..t, grad(y[t], L[t])' @ jacobian(y[t], h[t]) @
                                             prod(j, t downto k+1, jacobian(h[j], h[j-1]))))
# Each term ends with ∂h_k/∂W, of the use of W at step k (0 at step 0), and the last step's factor stands leftmost.
claim "002-05 corrected":
      vec(grad(W_hh))' = sum(t, sum(k, 1..t, grad(y[t], L[t])' @ jacobian(y[t], h[t]) @
                                             prod(j, t downto k+1, jacobian(h[j], h[j-1])) @
                                             jacobian(h[k], W_hh[k])))

# ∂h_t/∂h_{t-1} = σ' W_hh
claim "002-06 σ' scales each row": jacobian(h[t], h[t-1]) = sigmoid'(a[t]) * W_hh
claim "002-06 the matrix product": jacobian(h[t], h[t-1]) = sigmoid'(a[t]) @ W_hh
# σ' stands for a diagonal matrix.
claim "002-06 corrected": jacobian(h[t], h[t-1]) = diag(sigmoid'(a[t])) @ W_hh

# σ' = σ(1-σ)
claim "002-07 σ'": sigmoid'(u) = sigmoid(u) * (1 - sigmoid(u))

# σ' 的大小在 0 到 0.25 之间
claim "002-08 σ' between 0 and 0.25": 0 <= sigmoid'(u) <= 0.25

# 这样一个因子在梯度计算中被重复相乘梯度会越来越小: such a factor, multiplied again and again, makes the gradient smaller
# and smaller. Here |W_hh| = 2.
claim "002-09 smaller at each step": norm2(jacobian(h[t+1], h[1])) < norm2(jacobian(h[t], h[1]))  for t = 1..T-1
claim "002-09 the bound": norm2(jacobian(h[t], h[1])) <= (0.25 * 2)^(t-1)  for t = 2..T
