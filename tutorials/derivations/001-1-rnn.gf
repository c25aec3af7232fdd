# 001_77a63154e1e7bb72.txt: the basics of the LSTM; its theory part, on the error of a plain RNN.
#
# The article's vectors are rows from the LSTM on, but here it prints W on the left and a row δ^T: columns. δ_k is the
# error of the weighted input z_k (误差项), passed on from step t: d L_t / d z_k, a column, and δ_k^T a row. f is tanh.
# The output layer is not said: softmax and cross-entropy. W is 0.8 times an orthogonal matrix, so its norm is 0.8.
#
# Found: in 001-01 the factors stand in the wrong order for z_k on the left of them: W diag[f'] there; with the rows of
# the rest of the article the factor diag[f'] W is right, and δ_t^T belongs to the other end of the product.
#
# Not expressible: none.

title "001: RNN, columns"

steps T = 5
size  ni = 2, nh = 4, m = 3           # inputs, hidden units, classes
seed  1

input x[t] : ni x 1
given y[t] : m x 1 ~ onehot
given u : 1 x 9 = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]     # where a function's range is asked for
param W : nh x nh ~ orthogonal(0.8)
param U : nh x ni
param b : nh x 1
param V : m x nh
start h[0] : nh x 1 ~ normal(0, 0.5)

z[t] = W @ h[t-1] + U @ x[t] + b
h[t] = tanh(z[t])
L[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, L[t])

# δ_k^T = δ_t^T Π_{i=k..t-1} diag[f'(z_i)] W
claim "001-01 the error along time":
      grad(z[k], L[t])' = grad(z[t], L[t])' @ prod(i, t-1 downto k, diag(tanh'(z[i])) @ W)  for k = 1..t-1
# dz_{i+1}/dz_i = W diag[f'(z_i)]: first the slope at z_i, then W.
claim "001-01 corrected":
      grad(z[k], L[t])' = grad(z[t], L[t])' @ prod(i, t-1 downto k, W @ diag(tanh'(z[i])))  for k = 1..t-1
# For the error of h instead of z the factors keep their order, and the index runs from k+1 to t.
claim "001-01 corrected, the error of h":
      grad(h[k], L[t])' = grad(h[t], L[t])' @ prod(i, t downto k+1, diag(tanh'(z[i])) @ W)  for k = 1..t-1
# With row vectors (their W is the transpose of this one) factors and order are right, and δ_t^T stands behind them.
claim "001-01 corrected, row vectors":
      grad(z[k], L[t]) = prod(i, k..t-1, diag(tanh'(z[i])) @ W') @ grad(z[t], L[t])  for k = 1..t-1

# Tanh 或 sigmoid, 他们的导数值在 [0,1] 之间
claim "001-02 tanh' in [0, 1]": 0 <= tanh'(u) <= 1
claim "001-02 sigmoid' in [0, 1]": 0 <= sigmoid'(u) <= 1

# 如果 W 的值在 (0,1) 的范围内，则随着 t 的增大，连乘项会越来越趋近于 0: W in (0,1) said of its norm. 001-2-… has the
# entries of W in (0,1).
claim "001-03 norm of W in (0, 1)": norm2(prod(i, T downto t+1, diag(tanh'(z[i])) @ W)) <= 0.8^(T-t)  for t = 1..T-1
