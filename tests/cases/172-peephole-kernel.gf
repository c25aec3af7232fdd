# Review of a GPU kernel for the LSTM block cell with peepholes, gates in the order i, ci, f, o. The switch
# use_peephole should add do * wco to dcs and both gates' terms to cs_prev_grad; the output gate looks at the new
# cell, so cs and not cs_prev belongs into wco_grad. All three were got wrong.
#! "bad wci" : let dcs[t] = (1 - co[t]^2) * h_grad[t] * o[t] + cs_grad[t] + do[t] * wco
#! "bad wci" : let cs_prev_grad[t] = dcs[t] * f[t] + di[t] * wci + df[t] * wcf
#! "bad wcf" : let dcs[t] = (1 - co[t]^2) * h_grad[t] * o[t] + cs_grad[t] + do[t] * wco
#! "bad wcf" : let cs_prev_grad[t] = dcs[t] * f[t] + di[t] * wci + df[t] * wcf
#! "bad wco" : let dcs[t] = (1 - co[t]^2) * h_grad[t] * o[t] + cs_grad[t] + do[t] * wco
#! "bad wco" : let cs_prev_grad[t] = dcs[t] * f[t] + di[t] * wci + df[t] * wcf
#! "bad wco" : claim grad(wco) = sum(t, colsum(do[t] * cs[t]))
#! "bad w" : let dcs[t] = (1 - co[t]^2) * h_grad[t] * o[t] + cs_grad[t] + do[t] * wco
#! "bad w" : let cs_prev_grad[t] = dcs[t] * f[t] + di[t] * wci + df[t] * wcf
steps T = 5
size  n = 2, m = 3, B = 4
seed  34
input x[t] : B x n
given y[t] : B x m
param w : n+m x 4*m
param b : 1 x 4*m
param wci, wcf, wco : 1 x m
start h[0] : B x m ~ normal(0, 0.5)
start cs[0] : B x m ~ normal(0, 0.5)

xh[t]   = [x[t], h[t-1]]
icfo[t] = xh[t] @ w + b
i[t]  = sigmoid(cols(icfo[t], 1, m) + cs[t-1] * wci)
ci[t] = tanh(cols(icfo[t], m+1, 2*m))
f[t]  = sigmoid(cols(icfo[t], 2*m+1, 3*m) + cs[t-1] * wcf)
cs[t] = ci[t] * i[t] + cs[t-1] * f[t]
o[t]  = sigmoid(cols(icfo[t], 3*m+1, 4*m) + cs[t] * wco)
co[t] = tanh(cs[t])
h[t]  = co[t] * o[t]
loss 0.5 * sum(t, sum((h[t] - y[t])^2))

let h_grad[t]  = h[t] - y[t] + cols(xh_grad[t+1], n+1, n+m)
let cs_grad[t] = cs_prev_grad[t+1]
let do[t]  = o[t] * (1 - o[t]) * h_grad[t] * co[t]
let dcs[t] = (1 - co[t]^2) * h_grad[t] * o[t] + cs_grad[t]
let dci[t] = (1 - ci[t]^2) * dcs[t] * i[t]
let df[t]  = f[t] * (1 - f[t]) * dcs[t] * cs[t-1]
let di[t]  = i[t] * (1 - i[t]) * dcs[t] * ci[t]
let dicfo[t] = [di[t], dci[t], df[t], do[t]]
let cs_prev_grad[t] = dcs[t] * f[t] + di[t] * wci
let xh_grad[t] = dicfo[t] @ w'
claim "bad w": grad(w) = sum(t, xh[t]' @ dicfo[t])
claim "bad wci": grad(wci) = sum(t, colsum(di[t] * cs[t-1]))
claim "bad wcf": grad(wcf) = sum(t, colsum(df[t] * cs[t-1]))
claim "bad wco": grad(wco) = sum(t, colsum(do[t] * cs[t-1]))
