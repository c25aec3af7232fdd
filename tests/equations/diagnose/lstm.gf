# An LSTM over a batch, with rows for examples, its backward derived line by line; mistakes as people make them.

title "LSTM with mistakes"

steps T = 5
size  n = 3, m = 4, k = 2, B = 6
seed  1

input x[t] : B x n
input y[t] : B x k ~ onehot
param Uf, Ui, Ug, Uo : n x m
param Wf, Wi, Wg, Wo : m x m
param bf, bi, bg, bo : 1 x m
param V : m x k
param d : 1 x k
start h[0] : B x m = 0
start c[0] : B x m = 0

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
z[t]  = h[t] @ V + d
L[t]  = cross_entropy(z[t], y[t])

loss sum(t, L[t]) / B

# --- right --------------------------------------------------------------------------------------

let dz[t] = (softmax(z[t]) - y[t]) / B
let dh[t] = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi' + dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]
let dzo[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])
let dzf[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])
let dzi[t] = dc[t] * g[t] * i[t] * (1 - i[t])
let dzg[t] = dc[t] * i[t] * (1 - g[t]^2)

claim grad(z[t]) = dz[t]
claim grad(h[t]) = dh[t]
claim grad(c[t]) = dc[t]
claim grad(Wf) = sum(t, h[t-1]' @ dzf[t])
claim grad(bo) = colsum(sum(t, dzo[t]))

# --- the loss's own factor, the batch ------------------------------------------------------------

claim grad(z[t]) = softmax(z[t]) - y[t]
# diagnosis: the left side is 1/6 (= 1/B) times the right side
claim grad(d) = sum(t, dz[t])
# diagnosis: a sum over the batch is missing: colsum(sum(t, dz[t]))
claim grad(d) = dz[t]
# diagnosis: a sum over time and over the batch is missing: sum(t, colsum(dz[t]))
claim grad(d) = colsum(dz[t])
# diagnosis: a sum over time is missing: sum(t, colsum(dz[t]))
claim sum(t, B * dz[t]) = grad(d)
# diagnosis: the right side is 1/6 (= 1/B) times colsum(sum(t, B * dz[t]))

# --- paths, each by itself --------------------------------------------------------------------------

claim grad(h[t]) = dz[t] @ V'
# diagnosis: only the path h[t] -> z[t] is kept
# diagnosis: right at t = T only: the recursion is missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi' + dzg[t+1] @ Wg'
# diagnosis: the path h[t] -> zo[t+1] is missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi'
# diagnosis: the paths h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf'
# diagnosis: the paths h[t] -> zi[t+1], h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
claim grad(h[t]) = dzf[t+1] @ Wf' + dzi[t+1] @ Wi' + dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
# diagnosis: the path h[t] -> z[t] is missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + 2 * dzi[t+1] @ Wi' + dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
# diagnosis: the path h[t] -> zi[t+1] is counted twice
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi' - dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
# diagnosis: the path h[t] -> zg[t+1] has the wrong sign
claim grad(h[t]) = dzo[t+1] @ Wo'
# diagnosis: only the path h[t] -> zo[t+1] is kept
claim grad(h[t]) = dz[t] @ V' + dzf[t] @ Wf' + dzi[t] @ Wi' + dzg[t] @ Wg' + dzo[t] @ Wo'
claim grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2)
# diagnosis: the path c[t] -> c[t+1] is missing
# diagnosis: right at t = T only: the recursion is missing
claim grad(c[t]) = dc[t+1] * f[t+1]
# diagnosis: the path c[t] -> h[t] is missing
claim grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t]
# diagnosis: right at t = T only: what comes from step t+1 is wrong
claim grad(x[t]) = dzf[t] @ Uf' + dzi[t] @ Ui' + dzg[t] @ Ug'
# diagnosis: the path x[t] -> zo[t] is missing
claim grad(i[t]) = -dc[t] * g[t]
# diagnosis: the sign is flipped
claim grad(Wf) = sum(t, h[t]' @ dzf[t])

# --- the carry of c forgotten, and found behind everything else ------------------------------------------

let eh[t] = dz[t] @ V' + ezf[t+1] @ Wf' + ezi[t+1] @ Wi' + ezg[t+1] @ Wg' + ezo[t+1] @ Wo'
let ec[t] = eh[t] * o[t] * (1 - tanh(c[t])^2)
let ezo[t] = eh[t] * tanh(c[t]) * o[t] * (1 - o[t])
let ezf[t] = ec[t] * c[t-1] * f[t] * (1 - f[t])
let ezi[t] = ec[t] * g[t] * i[t] * (1 - i[t])
let ezg[t] = ec[t] * i[t] * (1 - g[t]^2)

claim grad(c[t]) = ec[t]
# diagnosis: the path c[t] -> c[t+1] is missing
# diagnosis: right at t = T only: the recursion is missing
claim grad(h[t]) = eh[t]
# diagnosis: the path c[t] -> c[t+1] is missing
claim grad(zf[t]) = ezf[t]
# diagnosis: the path c[t] -> c[t+1] is missing
claim grad(Wf) = sum(t, h[t-1]' @ ezf[t])
# diagnosis: the path c[t] -> c[t+1] is missing
claim grad(Uo) = sum(t, x[t]' @ ezo[t])
# diagnosis: the path c[t] -> c[t+1] is missing
claim grad(bf) = sum(t, ezf[t])
# diagnosis: a sum over the batch is missing: colsum(sum(t, ezf[t]))
# diagnosis: the path c[t] -> c[t+1] is missing

# --- two gates forgotten in dh ---------------------------------------------------------------------------------

let qh[t] = dz[t] @ V' + qzf[t+1] @ Wf' + qzi[t+1] @ Wi'
let qc[t] = qh[t] * o[t] * (1 - tanh(c[t])^2) + qc[t+1] * f[t+1]
let qzf[t] = qc[t] * c[t-1] * f[t] * (1 - f[t])
let qzi[t] = qc[t] * g[t] * i[t] * (1 - i[t])

claim grad(h[t]) = qh[t]
# diagnosis: the paths h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
claim grad(c[t]) = qc[t]
# diagnosis: the paths h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
claim grad(Wi) = sum(t, h[t-1]' @ qzi[t])
# diagnosis: the paths h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing

# --- no recursion at all ---------------------------------------------------------------------------------------

let nh[t] = dz[t] @ V'
let nc[t] = nh[t] * o[t] * (1 - tanh(c[t])^2)

claim grad(h[t]) = nh[t]
# diagnosis: only the path h[t] -> z[t] is kept
# diagnosis: right at t = T only: the recursion is missing
claim grad(c[t]) = nc[t]
# diagnosis: the recursion is missing: nothing comes from step t+1
# diagnosis: right at t = T only: the recursion is missing
claim grad(Wf) = sum(t, h[t-1]' @ (nc[t] * c[t-1] * f[t] * (1 - f[t])))
# diagnosis: the recursion is missing: nothing comes from step t+1

# --- the state's recursion forgotten, the cell's there ----------------------------------------------------------

let sc[t] = nh[t] * o[t] * (1 - tanh(c[t])^2) + sc[t+1] * f[t+1]

claim grad(c[t]) = sc[t]
# diagnosis: only the path h[t] -> z[t] is kept
# diagnosis: right at t = T only: the recursion is missing
claim grad(Wi) = sum(t, h[t-1]' @ (sc[t] * g[t] * i[t] * (1 - i[t])))
# diagnosis: only the path h[t] -> z[t] is kept
