# 000_9860e5b946587914.txt: ∂c_t/∂c_{t-1}, expanded.
#
# Columns, numerator layout. From here on the article leaves the biases out, so this LSTM has none (the kinder
# reading); W_C is written W_c. In σ'(W_f·[h,x]) · W_f · o_{t-1} ⊗ tanh'(c_{t-1}) only the part W_fh of W_f that
# multiplies h_{t-1} can stand, and o_{t-1} ⊗ tanh'(c_{t-1}), which is ∂h_{t-1}/∂c_{t-1}, is a diagonal matrix: the
# kinder reading takes it so, from left to right as printed, where `*` scales rows. The letters stand for what they are
# in the article: σ is the sigmoid of the gates.
#
# Found: with that reading the forget and input terms hold; the candidate term has σ' where tanh' belongs (000-37), and
# the sum with it (000-38). Read as products of matrices, none of the terms has the shape of a Jacobian.
#
# Not expressible: none.

title "000: LSTM without biases, columns"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
given b_f, b_i, b_C : D x 1 ~ normal(0, 1)     # the biases of the block before, for 000-32
param W_f, W_i, W_c, W_o : D x D+M
param V : N x D
start h[0] : D x 1 ~ normal(0, 0.5)
start c[0] : D x 1 ~ normal(0, 0.5)

f[t] = sigmoid(W_f @ [h[t-1]; x[t]])
i[t] = sigmoid(W_i @ [h[t-1]; x[t]])
c̃[t] = tanh(W_c @ [h[t-1]; x[t]])
c[t] = f[t] * c[t-1] + i[t] * c̃[t]
o[t] = sigmoid(W_o @ [h[t-1]; x[t]])
h[t] = o[t] * tanh(c[t])
E[t] = cross_entropy(V @ h[t], y[t])

loss sum(t, E[t])

let W_fh = cols(W_f, 1, D)
let W_ih = cols(W_i, 1, D)
let W_ch = cols(W_c, 1, D)

# c_t = c_{t-1} * σ(W_f·[h_{t-1},x_t]) + tanh(W_c·[h_{t-1},x_t]) * σ(W_i·[h_{t-1},x_t])
claim "000-32 put together, without biases":
      c[t] = c[t-1] * sigmoid(W_f @ [h[t-1]; x[t]]) + tanh(W_c @ [h[t-1]; x[t]]) * sigmoid(W_i @ [h[t-1]; x[t]])
# With the f_t, i_t and c̃_t of the block before (000-18 to 000-20):
let f_b[t] = sigmoid(W_f @ [h[t-1]; x[t]] + b_f)
let i_b[t] = sigmoid(W_i @ [h[t-1]; x[t]] + b_i)
let c̃_b[t] = tanh(W_c @ [h[t-1]; x[t]] + b_C)
claim "000-32 put together, from the block":
      f_b[t] * c[t-1] + i_b[t] * c̃_b[t] =
      c[t-1] * sigmoid(W_f @ [h[t-1]; x[t]]) + tanh(W_c @ [h[t-1]; x[t]]) * sigmoid(W_i @ [h[t-1]; x[t]])
# The biases are left out.
claim "000-32 corrected":
      f_b[t] * c[t-1] + i_b[t] * c̃_b[t] =
      c[t-1] * sigmoid(W_f @ [h[t-1]; x[t]] + b_f) +
      tanh(W_c @ [h[t-1]; x[t]] + b_C) * sigmoid(W_i @ [h[t-1]; x[t]] + b_i)

# ∂c_t/∂c_{t-1} = ∂f_t/∂c_{t-1} · c_{t-1} + ∂c_{t-1}/∂c_{t-1} · f_t + ∂i_t/∂c_{t-1} · c̃_t + ∂c̃_t/∂c_{t-1} · i_t
claim "000-33 product rule, · scales each row":
      jacobian(c[t], c[t-1]) = jacobian(f[t], c[t-1]) * c[t-1] + jacobian(c[t-1], c[t-1]) * f[t] +
                               jacobian(i[t], c[t-1]) * c̃[t] + jacobian(c̃[t], c[t-1]) * i[t]
claim "000-33 product rule, · is the matrix product":
      jacobian(c[t], c[t-1]) = jacobian(f[t], c[t-1]) @ c[t-1] + jacobian(c[t-1], c[t-1]) @ f[t] +
                               jacobian(i[t], c[t-1]) @ c̃[t] + jacobian(c̃[t], c[t-1]) @ i[t]
# Each vector is a diagonal matrix, and stands on the left.
claim "000-33 corrected":
      jacobian(c[t], c[t-1]) = diag(c[t-1]) @ jacobian(f[t], c[t-1]) + diag(f[t]) @ jacobian(c[t-1], c[t-1]) +
                               diag(c̃[t]) @ jacobian(i[t], c[t-1]) + diag(i[t]) @ jacobian(c̃[t], c[t-1])

# σ'(W_f·[h_{t-1},x_t]) · W_f · o_{t-1} ⊗ tanh'(c_{t-1}) · c_{t-1}, for ∂f_t/∂c_{t-1} · c_{t-1}
claim "000-34 forget term":
      jacobian(f[t], c[t-1]) * c[t-1] =
      sigmoid'(W_f @ [h[t-1]; x[t]]) * W_fh @ diag(o[t-1] * tanh'(c[t-1])) * c[t-1]
claim "000-34 forget term, · is the matrix product, W_f whole":
      jacobian(f[t], c[t-1]) @ c[t-1] =
      sigmoid'(W_f @ [h[t-1]; x[t]]) @ W_f @ (o[t-1] * tanh'(c[t-1])) @ c[t-1]
claim "000-34 corrected":
      diag(c[t-1]) @ jacobian(f[t], c[t-1]) =
      diag(c[t-1]) @ diag(sigmoid'(W_f @ [h[t-1]; x[t]])) @ W_fh @ diag(o[t-1] * tanh'(c[t-1]))

# + f_t, for ∂c_{t-1}/∂c_{t-1} · f_t
claim "000-35 the term f_t, a diagonal matrix": jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t])
claim "000-35 the term f_t, as it stands": jacobian(c[t], c[t-1] | h[t-1]) = f[t]
claim "000-35 corrected": diag(f[t]) @ jacobian(c[t-1], c[t-1]) = diag(f[t])

# σ'(W_i·[h_{t-1},x_t]) · W_i · o_{t-1} ⊗ tanh'(c_{t-1}) · c̃_t, for ∂i_t/∂c_{t-1} · c̃_t
claim "000-36 input term":
      jacobian(i[t], c[t-1]) * c̃[t] =
      sigmoid'(W_i @ [h[t-1]; x[t]]) * W_ih @ diag(o[t-1] * tanh'(c[t-1])) * c̃[t]
claim "000-36 input term, · is the matrix product, W_i whole":
      jacobian(i[t], c[t-1]) @ c̃[t] =
      sigmoid'(W_i @ [h[t-1]; x[t]]) @ W_i @ (o[t-1] * tanh'(c[t-1])) @ c̃[t]
claim "000-36 corrected":
      diag(c̃[t]) @ jacobian(i[t], c[t-1]) =
      diag(c̃[t]) @ diag(sigmoid'(W_i @ [h[t-1]; x[t]])) @ W_ih @ diag(o[t-1] * tanh'(c[t-1]))

# σ'(W_c·[h_{t-1},x_t]) · W_c · o_{t-1} ⊗ tanh'(c_{t-1}) · i_t, for ∂c̃_t/∂c_{t-1} · i_t
claim "000-37 candidate term":
      jacobian(c̃[t], c[t-1]) * i[t] =
      sigmoid'(W_c @ [h[t-1]; x[t]]) * W_ch @ diag(o[t-1] * tanh'(c[t-1])) * i[t]
# The candidate's activation is tanh (000-20), so its derivative is tanh'.
claim "000-37 corrected":
      jacobian(c̃[t], c[t-1]) * i[t] =
      tanh'(W_c @ [h[t-1]; x[t]]) * W_ch @ diag(o[t-1] * tanh'(c[t-1])) * i[t]

# ∂c_t/∂c_{t-1} = the four lines together
claim "000-38 the four lines":
      jacobian(c[t], c[t-1]) =
      sigmoid'(W_f @ [h[t-1]; x[t]]) * W_fh @ diag(o[t-1] * tanh'(c[t-1])) * c[t-1] +
      diag(f[t]) +
      sigmoid'(W_i @ [h[t-1]; x[t]]) * W_ih @ diag(o[t-1] * tanh'(c[t-1])) * c̃[t] +
      sigmoid'(W_c @ [h[t-1]; x[t]]) * W_ch @ diag(o[t-1] * tanh'(c[t-1])) * i[t]
# tanh' in the last term, as in 000-37.
claim "000-38 corrected":
      jacobian(c[t], c[t-1]) =
      sigmoid'(W_f @ [h[t-1]; x[t]]) * W_fh @ diag(o[t-1] * tanh'(c[t-1])) * c[t-1] +
      diag(f[t]) +
      sigmoid'(W_i @ [h[t-1]; x[t]]) * W_ih @ diag(o[t-1] * tanh'(c[t-1])) * c̃[t] +
      tanh'(W_c @ [h[t-1]; x[t]]) * W_ch @ diag(o[t-1] * tanh'(c[t-1])) * i[t]
