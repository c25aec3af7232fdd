# Course exercise lstm_cell_backward / lstm_backward, examples as columns: "shapes of all results pass, values do not". dit: the brackets round the sum are
# missing, so that it * (1 - it) multiplies the second term only. da_prev: the output gate's share was forgotten. dbo: not summed over the examples.
#! "bad da0" : let dit[t] = (dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t]) * it[t] * (1 - it[t])
#! "bad da0" : let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t] + cols(Wo, 1, na)' @ dot[t]
#! "bad dc0" : let dit[t] = (dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t]) * it[t] * (1 - it[t])
#! "bad dc0" : let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t] + cols(Wo, 1, na)' @ dot[t]
#! "bad dWf" : let dit[t] = (dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t]) * it[t] * (1 - it[t])
#! "bad dWf" : let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t] + cols(Wo, 1, na)' @ dot[t]
#! "bad dWi" : let dit[t] = (dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t]) * it[t] * (1 - it[t])
#! "bad dWi" : let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t] + cols(Wo, 1, na)' @ dot[t]
#! "bad dbc" : let dit[t] = (dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t]) * it[t] * (1 - it[t])
#! "bad dbc" : let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t] + cols(Wo, 1, na)' @ dot[t]
#! "bad dbo" : let dit[t] = (dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t]) * it[t] * (1 - it[t])
#! "bad dbo" : let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t] + cols(Wo, 1, na)' @ dot[t]
#! "bad dbo" : claim grad(bo) = sum(t, rowsum(dot[t]))
steps T = 4
size  nx = 3, na = 5, B = 6
seed  2
input x[t] : nx x B
given y[t] : na x B
param Wf, Wi, Wc, Wo : na x na+nx
param bf, bi, bc, bo : na x 1
start a[0] : na x B ~ normal(0, 1)
start c[0] : na x B ~ normal(0, 1)
cat[t] = [a[t-1]; x[t]]
ft[t] = sigmoid(Wf @ cat[t] + bf)
it[t] = sigmoid(Wi @ cat[t] + bi)
cct[t] = tanh(Wc @ cat[t] + bc)
ot[t] = sigmoid(Wo @ cat[t] + bo)
c[t] = ft[t] * c[t-1] + it[t] * cct[t]
a[t] = ot[t] * tanh(c[t])
loss sum(t, sum((a[t] - y[t])^2)) / 2

let da_next[t] = (a[t] - y[t]) + da_prev[t+1]
let dc_next[t] = dc_prev[t+1]
let dot[t] = da_next[t] * tanh(c[t]) * ot[t] * (1 - ot[t])
let dcct[t] = (dc_next[t] * it[t] + ot[t] * (1 - tanh(c[t])^2) * it[t] * da_next[t]) * (1 - cct[t]^2)
let dit[t] = dc_next[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da_next[t] * it[t] * (1 - it[t])
let dft[t] = (dc_next[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da_next[t]) * ft[t] * (1 - ft[t])
let da_prev[t] = cols(Wf, 1, na)' @ dft[t] + cols(Wi, 1, na)' @ dit[t] + cols(Wc, 1, na)' @ dcct[t]
let dc_prev[t] = dc_next[t] * ft[t] + ot[t] * (1 - tanh(c[t])^2) * ft[t] * da_next[t]
claim "bad da0": grad(a[0]) = da_prev[1]
claim "bad dc0": grad(c[0]) = dc_prev[1]
claim "bad dWf": grad(Wf) = sum(t, dft[t] @ cat[t]')
claim "bad dWi": grad(Wi) = sum(t, dit[t] @ cat[t]')
claim "bad dbc": grad(bc) = sum(t, rowsum(dcct[t]))
claim "bad dbo": grad(bo) = sum(t, dot[t])
