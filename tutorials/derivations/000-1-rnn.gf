# 000_9860e5b946587914.txt: notes on how the LSTM solves the vanishing gradient, the part on the plain RNN.
#
# Vectors are columns, derivatives stand in numerator layout. The article's activation σ is tanh ("σ(x) = tanh(x)").
# W = [W_rec, W_in] is a name of its own, so that dL/dW can be asked for; L_t is a cross-entropy behind a linear layer
# V, since the article leaves it open. W_rec is 0.5 times an orthogonal matrix: its norm and the moduli of its
# eigenvalues are 0.5, the case in which the article's argument is right.
#
# Found: the chain 000-08 follows the use of W at step 1 alone and forgets the uses at steps 2 to k (000-11 inherits
# it); a product sign over matrices runs from the last step to the first; σ' · W_rec needs a diagonal matrix; tanh'
# reaches 1 and never 0. That it is the far part of the gradient that vanishes, not dE_k/dW: 000-8-rnn-long.gf.
#
# Not expressible: none.

title "000: RNN, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
given u : 1 x 9 = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]     # where a function's range is asked for
param W_rec : D x D ~ orthogonal(0.5)
param W_in : D x M
param V : N x D
start h[0] : D x 1 ~ normal(0, 0.5)

W = [W_rec, W_in]
a[t] = W @ [h[t-1]; x[t]]
h[t] = tanh(a[t])
L[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, L[t])

# --- what an RNN is -------------------------------------------------------------------------------

# h_t 代表 x_t 以及其之前信息的编码: h_t encodes x_t and what came before it, and nothing that comes later.
claim "000-01 h_t has seen x_1 .. x_t": norm(jacobian(h[t], x[j])) > 0  for j = 1..t
claim "000-01 h_t has not seen x_{t+1} .. x_T": jacobian(h[t], x[j]) = 0  for j = t+1..T

# h_t = σ(W_rec · h_{t-1} + W_in · x_t)
claim "000-03 1st equation": h[t] = tanh(W_rec @ h[t-1] + W_in @ x[t])

# --- why gradients vanish or explode --------------------------------------------------------------

# W = [W_rec, W_in]
claim "000-05 W": W = [W_rec, W_in]

# ∂L/∂W = Σ_{t=1..T} ∂L_t/∂W
claim "000-06 the sum over the steps": grad(W) = sum(t, grad(W, L[t]))

# W ← W - α ∂E/∂W. E is the L of the line before. Such a step makes the loss smaller, by α |∂L/∂W|² to first order.
let W_new    = W - 1e-4 * grad(W)
let h_new[1] = tanh(cols(W_new, 1, D) @ h[0] + cols(W_new, D+1, D+M) @ x[1])
let h_new[t] = tanh(cols(W_new, 1, D) @ h_new[t-1] + cols(W_new, D+1, D+M) @ x[t])
let L_new    = sum(t, cross_entropy(V @ h_new[t], y[t]))
claim "000-07 the step lowers the loss": L_new < sum(t, L[t])
claim "000-07 the step lowers the loss by this much":
      sum(t, L[t]) - L_new = 1e-4 * norm(grad(W))^2  within 1e-2

# ∂L_k/∂W = ∂L_k/∂h_k · ∂h_k/∂h_{k-1} ··· ∂h_2/∂h_1 · ∂h_1/∂W
claim "000-08 chain rule through h_1 alone":
      vec(grad(W, L[k]))' = grad(h[k], L[k])' @ prod(s, k downto 2, jacobian(h[s], h[s-1])) @
                            jacobian(h[1], W)  for k = 1..T
# W is used at every step: each use j = 1..k has its own path, and they add up. W[j] is the use of W at step j.
claim "000-08 corrected":
      vec(grad(W, L[k]))' = sum(j, 1..k, grad(h[k], L[k])' @ prod(s, k downto j+1, jacobian(h[s], h[s-1])) @
                                         jacobian(h[j], W[j]))  for k = 1..T
# What the printed product is: the share of the first step.
claim "000-08 corrected, as a line about step 1":
      vec(grad(W[1], L[k]))' = grad(h[k], L[k])' @ prod(s, k downto 2, jacobian(h[s], h[s-1])) @
                               jacobian(h[1], W[1])  for k = 1..T

# ∂h_k/∂h_{k-1} ··· ∂h_2/∂h_1 = Π_{t=2..k} ∂h_t/∂h_{t-1}. The left side, factor by factor:
let H[1] = eye(D)
let H[t] = jacobian(h[t], h[t-1]) @ H[t-1]
claim "000-09 the product, the last step first":
      H[k] = prod(s, k downto 2, jacobian(h[s], h[s-1]))  for k = 2..T
claim "000-09 the product, as the sign Π orders it":
      H[k] = prod(s, 2..k, jacobian(h[s], h[s-1]))  for k = 2..T
# Matrices do not commute: the factor of step k stands leftmost.
claim "000-09 corrected": H[k] = prod(s, k downto 2, jacobian(h[s], h[s-1])) = jacobian(h[k], h[1])  for k = 2..T

# ∂h_t/∂h_{t-1} = σ'(W_rec·h_{t-1} + W_in·x_t) · W_rec
claim "000-10 · scales each row": jacobian(h[t], h[t-1]) = tanh'(W_rec @ h[t-1] + W_in @ x[t]) * W_rec
claim "000-10 · is the matrix product":
      jacobian(h[t], h[t-1]) = tanh'(W_rec @ h[t-1] + W_in @ x[t]) @ W_rec
# σ' stands for a diagonal matrix.
claim "000-10 corrected": jacobian(h[t], h[t-1]) = diag(tanh'(W_rec @ h[t-1] + W_in @ x[t])) @ W_rec

# ∂L_k/∂W = ∂L_k/∂h_k (Π_{t=2..k} σ'(W_rec·h_{t-1} + W_in·x_t) · W_rec) ∂h_1/∂W
claim "000-11 the same with σ'":
      vec(grad(W, L[k]))' = grad(h[k], L[k])' @ prod(s, k downto 2, tanh'(W_rec @ h[s-1] + W_in @ x[s]) * W_rec) @
                            jacobian(h[1], W)  for k = 1..T
claim "000-11 corrected":
      vec(grad(W, L[k]))' = sum(j, 1..k, grad(h[k], L[k])' @
                                         prod(s, k downto j+1, diag(tanh'(W_rec @ h[s-1] + W_in @ x[s])) @ W_rec) @
                                         jacobian(h[j], W[j]))  for k = 1..T

# tanh(x) = (e^x - e^-x) / (e^x + e^-x)
claim "000-12 tanh": tanh(u) = (exp(u) - exp(-u)) / (exp(u) + exp(-u))

# σ'(x) = 1 - (σ(x))²
claim "000-13 tanh'": tanh'(u) = 1 - tanh(u)^2

# 是一个在区间 [0, 1) 之间的数: a number in [0, 1)
claim "000-14 tanh' in [0, 1), at the states of the network": 0 <= tanh'(a[t]) < 1
claim "000-14 tanh' in [0, 1), as a function": 0 <= tanh'(u) < 1
# tanh'(0) = 1 is reached; 0 is not. The range is (0, 1].
claim "000-14 corrected": 0 < tanh'(u) <= 1

# sigmoid 导数绝对值的上界是 0.25
claim "000-15 |sigmoid'| <= 0.25": abs(sigmoid'(u)) <= 0.25
claim "000-15 the bound is reached": max(sigmoid'(u)) = 0.25

# 这个连乘就会导致梯度消失: the repeated product makes the gradient vanish. Here, where |W_rec| = 0.5 (000-2-… has
# the sigmoid, 000-3-… large weights).
claim "000-16 the product vanishes":
      norm2(jacobian(h[k], h[1])) <= prod(s, 2..k, norm2(W_rec) *
                                          max(tanh'(a[s])))  for k = 2..T  within 1e-12
claim "000-16 the gradient vanishes": norm(grad(h[1], L[k])) <= 0.5^(k-1) * norm(grad(h[k], L[k]))  for k = 2..T

# --- on exploding gradients -----------------------------------------------------------------------

# 可以限制梯度必须小于某个阈值，如果大于这个阈值，就取这个阈值进行更新: the gradient must be below a threshold, here
# 0.1; where it is larger, the threshold is used
claim "000-45 the threshold, for the magnitude": abs(clip(grad(W), -0.1, 0.1)) <= 0.1
claim "000-45 the threshold, for the number itself": abs(clip(grad(W), -1e300, 0.1)) <= 0.1
# A large negative gradient must be limited too, at the negative threshold; what is between the two stays.
claim "000-45 corrected": -0.1 <= clip(grad(W), -0.1, 0.1) <= 0.1
claim "000-45 corrected, the rest stays":
      clip(grad(W), -0.1, 0.1) * clip'(grad(W), -0.1, 0.1) = grad(W) * clip'(grad(W), -0.1, 0.1)
