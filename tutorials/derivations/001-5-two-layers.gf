# 001_77a63154e1e7bb72.txt: what a layer hands to the one below, "沿层次向下传递" (001-57).
#
# Rows, as in 001-3-lstm-rows.gf; two layers, of different sizes. What x_t is to layer 1, x2[t] = h1[t] is to layer 2.
#
# Found: it holds.
#
# Not expressible: none.

title "001: two-layer LSTM, rows"

steps T = 5
size  ni = 2, nh = 4, n2 = 6, m = 3   # inputs, hidden units of layers 1 and 2, classes
seed  1

input x[t] : 1 x ni
given y[t] : 1 x m ~ onehot
param W1_f, W1_i, W1_c, W1_o : nh x nh
param U1_f, U1_i, U1_c, U1_o : ni x nh
param b1_f, b1_i, b1_c, b1_o : 1 x nh
param W2_f, W2_i, W2_c, W2_o : n2 x n2
param U2_f, U2_i, U2_c, U2_o : nh x n2
param b2_f, b2_i, b2_c, b2_o : 1 x n2
param V : n2 x m
param b : 1 x m
start h1[0] : 1 x nh ~ normal(0, 0.5)
start c1[0] : 1 x nh ~ normal(0, 0.5)
start h2[0] : 1 x n2 ~ normal(0, 0.5)
start c2[0] : 1 x n2 ~ normal(0, 0.5)

z1_f[t] = h1[t-1] @ W1_f + x[t] @ U1_f + b1_f
z1_i[t] = h1[t-1] @ W1_i + x[t] @ U1_i + b1_i
z1_c̃[t] = h1[t-1] @ W1_c + x[t] @ U1_c + b1_c
z1_o[t] = h1[t-1] @ W1_o + x[t] @ U1_o + b1_o
c1[t] = sigmoid(z1_f[t]) * c1[t-1] + sigmoid(z1_i[t]) * tanh(z1_c̃[t])
h1[t] = sigmoid(z1_o[t]) * tanh(c1[t])

x2[t] = h1[t]
z2_f[t] = h2[t-1] @ W2_f + x2[t] @ U2_f + b2_f
z2_i[t] = h2[t-1] @ W2_i + x2[t] @ U2_i + b2_i
z2_c̃[t] = h2[t-1] @ W2_c + x2[t] @ U2_c + b2_c
z2_o[t] = h2[t-1] @ W2_o + x2[t] @ U2_o + b2_o
c2[t] = sigmoid(z2_f[t]) * c2[t-1] + sigmoid(z2_i[t]) * tanh(z2_c̃[t])
h2[t] = sigmoid(z2_o[t]) * tanh(c2[t])
z[t] = h2[t] @ V + b
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

# (38) of layer 2 is the δ^{l+1}_{x_t} that layer 1 receives, beside (37) from its own step t+1
claim "001-57 eq 38, from layer 2":
      grad(x2[t]) = grad(z2_f[t]) @ U2_f' + grad(z2_i[t]) @ U2_i' + grad(z2_c̃[t]) @ U2_c' + grad(z2_o[t]) @ U2_o'
claim "001-57 what layer 1 receives":
      grad(h1[t]) = grad(x2[t]) +
                    grad(z1_f[t+1]) @ W1_f' + grad(z1_i[t+1]) @ W1_i' + grad(z1_c̃[t+1]) @ W1_c' +
                    grad(z1_o[t+1]) @ W1_o'
