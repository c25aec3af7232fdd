# What comes back to a state at the wrong step, beside a line that is open. It is no reason to take dh[t] for what one
# step brings to it: a claim says what it is.

steps T = 5
size  n = 2, m = 4, k = 3
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot

param Uf, Ui, Ug, Uo : n x m
param Wf, Wi, Wg, Wo : m x m
param bf, bi, bg, bo : 1 x m
param V : m x k
param d : 1 x k
start h[0] : 1 x m ~ uniform(-1, 1)
start c[0] : 1 x m ~ uniform(-1, 1)

zf[t] = x[t] @ Uf + h[t-1] @ Wf + bf
f[t]  = sigmoid(zf[t])
zi[t] = x[t] @ Ui + h[t-1] @ Wi + bi
i[t]  = sigmoid(zi[t])
zg[t] = x[t] @ Ug + h[t-1] @ Wg + bg
g[t]  = tanh(zg[t])
c[t]  = f[t] * c[t-1] + i[t] * g[t]
zo[t] = x[t] @ Uo + h[t-1] @ Wo + bo
o[t]  = sigmoid(zo[t])
h[t]  = o[t] * tanh(c[t])

z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

let dz[t] = softmax(z[t]) - y[t]

let dh[t] = dz[t] @ V' + dzf[t] @ Wf' + dzi[t] @ Wi' + dzg[t] @ Wg' + dzo[t] @ Wo'
# says: the path h[t] -> zf[t+1]: dzf[t] stands where dzf[t+1] belongs
# says: the path h[t] -> zi[t+1]: dzi[t] stands where dzi[t+1] belongs
# says: the path h[t] -> zg[t+1]: dzg[t] stands where dzg[t+1] belongs
# says: the path h[t] -> zo[t+1]: dzo[t] stands where dzo[t+1] belongs

let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + ?

let do[t] = dh[t] * tanh(c[t])
let df[t] = dc[t] * c[t-1]
let di[t] = dc[t] * g[t]
let dg[t] = dc[t] * i[t]

let dzo[t] = do[t] * o[t] * (1 - o[t])
let dzf[t] = df[t] * f[t] * (1 - f[t])
let dzi[t] = di[t] * i[t] * (1 - i[t])
let dzg[t] = dg[t] * (1 - g[t]^2)

let dx[t] = dzf[t] @ Uf' + dzi[t] @ Ui' + dzg[t] @ Ug' + dzo[t] @ Uo'

claim "logits":         grad(z[t]) = dz[t]
claim "state":          grad(h[t]) = dh[t]
# says: because of dh
claim "cell state":     grad(c[t]) = dc[t]
claim "input":          grad(x[t]) = dx[t]
# says: because of dh

claim "forget gate":    grad(f[t]) = df[t]
claim "input gate":     grad(i[t]) = di[t]
claim "candidate":      grad(g[t]) = dg[t]
claim "output gate":    grad(o[t]) = do[t]
# says: because of dh

claim "before forget gate": grad(zf[t]) = dzf[t]
claim "before input gate":  grad(zi[t]) = dzi[t]
claim "before candidate":   grad(zg[t]) = dzg[t]
claim "before output gate": grad(zo[t]) = dzo[t]
# says: because of dh

claim grad(Uf) = sum(t, x[t]' @ dzf[t])
claim grad(Ui) = sum(t, x[t]' @ dzi[t])
claim grad(Ug) = sum(t, x[t]' @ dzg[t])
claim grad(Uo) = sum(t, x[t]' @ dzo[t])
# says: because of dh

claim grad(Wf) = sum(t, h[t-1]' @ dzf[t])
claim grad(Wi) = sum(t, h[t-1]' @ dzi[t])
claim grad(Wg) = sum(t, h[t-1]' @ dzg[t])
claim grad(Wo) = sum(t, h[t-1]' @ dzo[t])
# says: because of dh

claim grad(bf) = sum(t, dzf[t])
claim grad(bi) = sum(t, dzi[t])
claim grad(bg) = sum(t, dzg[t])
claim grad(bo) = sum(t, dzo[t])
# says: because of dh

claim grad(V) = sum(t, h[t]' @ dz[t])
claim grad(d) = sum(t, dz[t])
