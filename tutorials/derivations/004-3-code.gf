# 004_679c7ae67a4d2780.txt: the program of section 4, its network.
#
# Rows are the examples of a batch: x_t is B x 1 (input_size=1), h_t is B x D, the outputs B x 1 (output_size=1). An
# array [batch, seq len, hidden] is a matrix here, B x T·D, one step beside the other.
#
# Found: out[:, -1, :] is the last step; net(inputs) with inputs [B, 1] hands nn.LSTM a state of the wrong shape; and
# out.view(-1) against labels [B, 1] makes MSELoss average over B x B pairs, which is not the mean squared error.
# Mended, the network sees sequences of one step, and its weights from state to gate get no gradient. (Other faults of
# the program, that are no formulas, are in the list of docs/derivations.md.)
#
# Not expressible: none.

title "004: the program"

steps T = 3
size  B = 6, D = 4                    # examples, hidden units
seed  1

input x[t] : B x 1
given labels : B x 1
param W_f, W_i, W_g, W_o : D x D
param U_f, U_i, U_g, U_o : 1 x D
param b_f, b_i, b_g, b_o : 1 x D
param W_1 : D x 1
param b_1 : 1 x 1
start h[0] : B x D = 0
start c[0] : B x D = 0

f[t] = sigmoid(x[t] @ U_f + h[t-1] @ W_f + b_f)
i[t] = sigmoid(x[t] @ U_i + h[t-1] @ W_i + b_i)
g[t] = tanh(x[t] @ U_g + h[t-1] @ W_g + b_g)
c[t] = f[t] * c[t-1] + i[t] * g[t]
o[t] = sigmoid(x[t] @ U_o + h[t-1] @ W_o + b_o)
h[t] = o[t] * tanh(c[t])
fc1 = h[T] @ W_1 + b_1

loss mse(fc1, labels)

# out 以 [batch size, seq len, hidden dim] 方式排列, out[:, -1, :] 取最后一个时刻的输出
let out = sum(j, 1..T, kron(rows(eye(T), j, j), h[j]))
claim "004-30 the last step": cols(out, (T-1)*D+1, T*D) = h[T]

# net(inputs), inputs [B, 1]. nn.LSTM takes a matrix for one sequence without a batch, whose state is 1 x D; the program
# hands it a state for x.size(0) = B examples:
let h0 = zeros(B, D)
claim "004-31 inputs of shape [B, 1]": zeros(1, D) = reshape(h0, 1, D)
# inputs [B, 1, 1]: B examples of one step each; then the state is B x D. That one step has no use for W: h_0 = 0.
claim "004-31 corrected": zeros(B, D) = reshape(h0, B, D)
claim "004-31 corrected, one step from h_0 = 0":
      [grad(W_f[1]); grad(W_i[1]); grad(W_g[1]); grad(W_o[1])] = zeros(4*D, D)

# return out.view(-1), of shape [B], and criterion(outputs, labels), labels [B, 1]: a row against a column is repeated
claim "004-32 MSELoss of [B] and [B, 1]": mean((vec(fc1)' - labels)^2) = mse(fc1, labels)
# Both as [B, 1], without the view.
claim "004-32 corrected": mean((fc1 - labels)^2) = mse(fc1, labels)
# Over the pairs every output is drawn to the mean of the labels.
claim "004-32 corrected, where the pairs draw the outputs":
      grad(fc1, mean((vec(fc1)' - labels)^2)) = 2 / B * (fc1 - mean(labels))
