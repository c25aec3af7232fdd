# 001_77a63154e1e7bb72.txt: equations (1') and (1''), the forget gate as other texts write it.
#
# Columns: these two put the weights in front of the state. [h_{t-1}, x_t] is one vector on top of the other; W_f is
# [W_fh, W_fx] side by side, nh x nh+ni.
#
# Found: (1') holds; in (1'') the semicolon of [W_fh; W_fx] would put the two on top of each other, as it does beside
# it.
#
# Not expressible: none.

title "001: LSTM, columns"

steps T = 5
size  ni = 2, nh = 4, m = 3           # inputs, hidden units, classes
seed  1

input x[t] : ni x 1
given y[t] : m x 1 ~ onehot
param W_f, W_i, W_c, W_o : nh x nh+ni
param b_f, b_i, b_c, b_o : nh x 1
param V : m x nh
start h[0] : nh x 1 ~ normal(0, 0.5)
start c[0] : nh x 1 ~ normal(0, 0.5)

f[t] = sigmoid(W_f @ [h[t-1]; x[t]] + b_f)
i[t] = sigmoid(W_i @ [h[t-1]; x[t]] + b_i)
c̃[t] = tanh(W_c @ [h[t-1]; x[t]] + b_c)
c[t] = f[t] * c[t-1] + i[t] * c̃[t]
o[t] = sigmoid(W_o @ [h[t-1]; x[t]] + b_o)
h[t] = o[t] * tanh(c[t])
L[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, L[t])

let W_fh = cols(W_f, 1, nh)
let W_fx = cols(W_f, nh+1, nh+ni)

# f_t = σ(W_f · [h_{t-1}, x_t] + b_f)
claim "001-12 eq 1'": f[t] = sigmoid(W_f @ [h[t-1]; x[t]] + b_f)

# f_t = σ([W_fh; W_fx] [h_{t-1}; x_t] + b_f) = σ(W_fh h_{t-1} + W_fx x_t + b_f)
claim "001-13 eq 1'', ; a mere separator":
      f[t] = sigmoid([W_fh, W_fx] @ [h[t-1]; x[t]] + b_f) = sigmoid(W_fh @ h[t-1] + W_fx @ x[t] + b_f)
claim "001-13 eq 1'', ; as in [h_{t-1}; x_t]":
      f[t] = sigmoid([W_fh; W_fx] @ [h[t-1]; x[t]] + b_f) = sigmoid(W_fh @ h[t-1] + W_fx @ x[t] + b_f)
# Side by side, so that each block meets its part of the state.
claim "001-13 corrected": [W_fh, W_fx] @ [h[t-1]; x[t]] = W_fh @ h[t-1] + W_fx @ x[t]
