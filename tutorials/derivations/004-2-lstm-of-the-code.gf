# 004_679c7ae67a4d2780.txt: the formulas of section 3.2 against the LSTM that the code of section 4 runs (nn.LSTM).
#
# Columns, with the article's names. This is the second reading: 3.2 as a description of the LSTM, not of a cell of its
# own. The formulas that are not here, 004-08, 004-10 and 004-11, hold in both.
#
# Found: the candidate has tanh, not σ; the output gate has σ, not tanh, and reads h_{t-1}, not tanh(c_t).
#
# Not expressible: none.

title "004: LSTM of the code, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, outputs
seed  1

input x[t] : M x 1
given y[t] : N x 1
param W_xf, W_xi, W_xc, W_xo : D x M
param W_hf, W_hi, W_hc, W_ho : D x D
param b_f, b_i, b_c, b_o : D x 1
param V : N x D
start h[0] : D x 1 ~ normal(0, 0.5)
start c[0] : D x 1 ~ normal(0, 0.5)

f[t] = sigmoid(W_xf @ x[t] + W_hf @ h[t-1] + b_f)
i[t] = sigmoid(W_xi @ x[t] + W_hi @ h[t-1] + b_i)
ĉ[t] = tanh(W_xc @ x[t] + W_hc @ h[t-1] + b_c)
c[t] = f[t] * c[t-1] + i[t] * ĉ[t]
o[t] = sigmoid(W_xo @ x[t] + W_ho @ h[t-1] + b_o)
h[t] = o[t] * tanh(c[t])
L[t] = mse(V @ h[t], y[t])

loss sum(t, L[t])

# o_t = tanh(W_xo x + W_ho h_{t-1} + b_o)
claim "004-06 1st formula, of nn.LSTM": o[t] = tanh(W_xo @ x[t] + W_ho @ h[t-1] + b_o)
claim "004-06 corrected, of nn.LSTM": o[t] = sigmoid(W_xo @ x[t] + W_ho @ h[t-1] + b_o)

# ĉ_t = σ(W_xc x + W_hc (h_{t-1}) + b_c)
claim "004-07 2nd formula, of nn.LSTM": ĉ[t] = sigmoid(W_xc @ x[t] + W_hc @ h[t-1] + b_c)
claim "004-07 corrected, of nn.LSTM": ĉ[t] = tanh(W_xc @ x[t] + W_hc @ h[t-1] + b_c)

# o_t = σ(W_xo x + W_ho * tanh(c_t) + b_o)
claim "004-09 4th formula, of nn.LSTM": o[t] = sigmoid(W_xo @ x[t] + W_ho @ tanh(c[t]) + b_o)
# The output gate of nn.LSTM reads h_{t-1}, not the new state.
claim "004-09 corrected, of nn.LSTM": o[t] = sigmoid(W_xo @ x[t] + W_ho @ h[t-1] + b_o)
