# "No error signals are propagated back from gates via peephole connections": what one paper's rule leaves out; the output peephole sees c_t and not c_{t-1};
# the input peephole's own gradient; a copy from the forget gate.
#! "bad 1 no way back" : let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + ao[t] * wco + dc[t+1] * f[t+1] + ai[t+1] * wci + af[t+1] * wcf
#! "bad 2 wco" : claim grad(wco) = sum(t, ao[t] * c[t])
#! "bad 3 wci" : claim grad(wci) = sum(t, ai[t] * c[t-1])
#! "bad 4 step" : claim grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + ao[t] * wco + grad(c[t+1]) * f[t+1] + ai[t+1] * wci + af[t+1] * wcf
steps T = 5
size n = 3, m = 4
seed 37
input x[t] : n x 1
given y[t] : m x 1
param Wxi, Wxf, Wxc, Wxo : m x n
param Whi, Whf, Whc, Who : m x m
param wci, wcf, wco : m x 1
start h[0] : m x 1 = 0
start c[0] : m x 1 ~ normal(0, 1)
i[t] = sigmoid(Wxi @ x[t] + Whi @ h[t-1] + wci * c[t-1])
f[t] = sigmoid(Wxf @ x[t] + Whf @ h[t-1] + wcf * c[t-1])
j[t] = tanh(Wxc @ x[t] + Whc @ h[t-1])
c[t] = f[t] * c[t-1] + i[t] * j[t]
o[t] = sigmoid(Wxo @ x[t] + Who @ h[t-1] + wco * c[t])
h[t] = o[t] * tanh(c[t])
loss sum(t, sum((h[t] - y[t])^2)) / 2
let dh[t] = grad(h[t])
let ao[t] = grad(o[t]) * o[t] * (1 - o[t])
let ai[t] = grad(i[t]) * i[t] * (1 - i[t])
let af[t] = grad(f[t]) * f[t] * (1 - f[t])
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
claim "ok wcf": grad(wcf) = sum(t, af[t] * c[t-1])
claim "bad 1 no way back": grad(Wxi) = sum(t, (dc[t] * j[t] * i[t] * (1 - i[t])) @ x[t]')
claim "bad 2 wco": grad(wco) = sum(t, ao[t] * c[t-1])
claim "bad 3 wci": grad(wci) = sum(t, ai[t] * c[t])
claim "bad 4 step": grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + ao[t] * wco + grad(c[t+1]) * f[t+1] + ai[t] * wci + af[t] * wcf
