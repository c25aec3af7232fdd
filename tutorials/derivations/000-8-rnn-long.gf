# 000_9860e5b946587914.txt: the doubt about the first blog, at the end of the LSTM part, over 60 steps.
#
# Columns. The network of 000-1-rnn.gf, W_rec 0.5 times an orthogonal matrix, so that gradients do vanish. "Tends to 0"
# says that for large k it stays below any threshold: 1e-6 of what ∂E_1/∂W is.
#
# Found: at k = 60 the shares of the early steps are below the threshold, ∂E_k/∂W is not: the use of W at step k itself
# is not far from E_k. What tends to 0 is the far part.
#
# Not expressible: none.

title "000: RNN over 60 steps"

steps T = 60
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
param W_rec : D x D ~ orthogonal(0.5)
param W_in : D x M
param V : N x D
start h[0] : D x 1 ~ normal(0, 0.5)

W = [W_rec, W_in]
a[t] = W @ [h[t-1]; x[t]]
h[t] = tanh(a[t])
E[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, E[t])

# 对于比较大的 t, ∂E_k/∂W 必然会趋向于 0, RNN 无法利用一个很长的序列: for large k, ∂E_k/∂W necessarily tends to 0.
# Said of the share that the early steps have in it:
claim "000-43 the share of early steps tends to 0": norm(grad(W[j], E[T])) <= 1e-6 * norm(grad(W, E[1]))  for j = 1..T/2
# Said of ∂E_k/∂W itself:
claim "000-43 dE_k/dW tends to 0": norm(grad(W, E[T])) <= 1e-6 * norm(grad(W, E[1]))
# The use of W at step k itself is not far from E_k, and its share does not shrink: what shrinks is the rest.
claim "000-43 corrected, the share of step j":
      norm(grad(W[j], E[T])) <= 0.5^(T-j) * norm(grad(h[T], E[T])) * norm([h[j-1]; x[j]])  for j = 1..T
claim "000-43 corrected, the share of step k": norm(grad(W[T], E[T])) > 1e-6 * norm(grad(W, E[1]))
