# A course's LSTM cell: bracket lost in the forget gate's line, the candidate's slope with its gate inside, hidden state's sum without one gate.
#! "bad 1 f" : let dft[t] = (dc[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da[t]) * ft[t] * (1 - ft[t])
#! "bad 1 f" : let daprev[t] = rows(Wf' @ dft[t] + Wu' @ dit[t] + Wc' @ dcct[t] + Wo' @ dot[t], 1, m)
#! "bad 2 u" : let dft[t] = (dc[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da[t]) * ft[t] * (1 - ft[t])
#! "bad 2 u" : let daprev[t] = rows(Wf' @ dft[t] + Wu' @ dit[t] + Wc' @ dcct[t] + Wo' @ dot[t], 1, m)
#! "bad 3 c" : let dft[t] = (dc[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da[t]) * ft[t] * (1 - ft[t])
#! "bad 3 c" : let daprev[t] = rows(Wf' @ dft[t] + Wu' @ dit[t] + Wc' @ dcct[t] + Wo' @ dot[t], 1, m)
#! "bad 4 o" : let dft[t] = (dc[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da[t]) * ft[t] * (1 - ft[t])
#! "bad 4 o" : let daprev[t] = rows(Wf' @ dft[t] + Wu' @ dit[t] + Wc' @ dcct[t] + Wo' @ dot[t], 1, m)
#! "bad 5 a0" : let dft[t] = (dc[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da[t]) * ft[t] * (1 - ft[t])
#! "bad 5 a0" : let daprev[t] = rows(Wf' @ dft[t] + Wu' @ dit[t] + Wc' @ dcct[t] + Wo' @ dot[t], 1, m)
steps T = 4
size n = 3, m = 4
seed 4
input x[t] : n x 1
given y[t] : m x 1
param Wf, Wu, Wc, Wo : m x m+n
start a[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
v[t] = [a[t-1]; x[t]]
ft[t] = sigmoid(Wf @ v[t])
it[t] = sigmoid(Wu @ v[t])
cct[t] = tanh(Wc @ v[t])
ot[t] = sigmoid(Wo @ v[t])
c[t] = ft[t] * c[t-1] + it[t] * cct[t]
a[t] = ot[t] * tanh(c[t])
loss sum(t, mse(a[t], y[t]))
let da[t] = 2 * (a[t] - y[t]) / m + daprev[t+1]
let dc[t] = dcprev[t+1]
let dot[t] = da[t] * tanh(c[t]) * ot[t] * (1 - ot[t])
let dcct[t] = (dc[t] * it[t] + ot[t] * (1 - tanh(c[t])^2) * it[t] * da[t]) * (1 - cct[t]^2)
let dit[t] = (dc[t] * cct[t] + ot[t] * (1 - tanh(c[t])^2) * cct[t] * da[t]) * it[t] * (1 - it[t])
let dft[t] = dc[t] * c[t-1] + ot[t] * (1 - tanh(c[t])^2) * c[t-1] * da[t] * ft[t] * (1 - ft[t])
let daprev[t] = rows(Wf' @ dft[t] + Wu' @ dit[t] + Wo' @ dot[t], 1, m)
let dcprev[t] = dc[t] * ft[t] + ot[t] * (1 - tanh(c[t])^2) * ft[t] * da[t]
claim "bad 1 f": grad(Wf) = sum(t, dft[t] @ v[t]')
claim "bad 2 u": grad(Wu) = sum(t, dit[t] @ v[t]')
claim "bad 3 c": grad(Wc) = sum(t, dcct[t] @ v[t]')
claim "bad 4 o": grad(Wo) = sum(t, dot[t] @ v[t]')
claim "bad 5 a0": grad(a[t]) = da[t]
