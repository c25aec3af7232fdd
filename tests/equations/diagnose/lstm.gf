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
# says: a factor 1/B is missing
claim grad(d) = sum(t, dz[t])
# says: the path d -> z[t]: a sum over the batch is missing
claim grad(d) = dz[t]
# says: the path d -> z[t]: a sum over time and over the batch is missing
claim grad(d) = colsum(dz[t])
# says: the path d -> z[t]: a sum over time is missing
claim sum(t, B * dz[t]) = grad(d)
# says: the path d -> z[t]: B * dz[t] stands where colsum(dz[t]) belongs

# --- paths, each by itself --------------------------------------------------------------------------

claim grad(h[t]) = dz[t] @ V'
# says: this is the derivative with h held
# says: only the path h[t] -> z[t] is kept: the recursion is missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi' + dzg[t+1] @ Wg'
# says: the path h[t] -> zo[t+1] is missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi'
# says: the paths h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf'
# says: the paths h[t] -> zi[t+1], h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
claim grad(h[t]) = dzf[t+1] @ Wf' + dzi[t+1] @ Wi' + dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
# says: the path h[t] -> z[t] is missing
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + 2 * dzi[t+1] @ Wi' + dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
# says: the path h[t] -> zi[t+1] is counted twice
claim grad(h[t]) = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi' - dzg[t+1] @ Wg' + dzo[t+1] @ Wo'
# says: the sign of the path h[t] -> zg[t+1] is wrong
claim grad(h[t]) = dzo[t+1] @ Wo'
# says: only the path h[t] -> zo[t+1] is kept
claim grad(h[t]) = dz[t] @ V' + dzf[t] @ Wf' + dzi[t] @ Wi' + dzg[t] @ Wg' + dzo[t] @ Wo'
# says: the path h[t] -> zf[t+1]: dzf[t] stands where dzf[t+1] belongs
# says: the path h[t] -> zi[t+1]: dzi[t] stands where dzi[t+1] belongs
# says: the path h[t] -> zg[t+1]: dzg[t] stands where dzg[t+1] belongs
# says: the path h[t] -> zo[t+1]: dzo[t] stands where dzo[t+1] belongs
claim grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2)
# says: the path c[t] -> c[t+1] is missing
claim grad(c[t]) = dc[t+1] * f[t+1]
# says: the path c[t] -> h[t] is missing
claim grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t]
# says: the path c[t] -> c[t+1]: f[t] stands where f[t+1] belongs
claim grad(x[t]) = dzf[t] @ Uf' + dzi[t] @ Ui' + dzg[t] @ Ug'
# says: the path x[t] -> zo[t] is missing
claim grad(i[t]) = -dc[t] * g[t]
# says: the sign is wrong
claim grad(Wf) = sum(t, h[t]' @ dzf[t])
# says: the path Wf -> zf[t]: h[t] stands where h[t-1] belongs

# --- the carry of c forgotten, and found behind everything else ------------------------------------------

let eh[t] = dz[t] @ V' + ezf[t+1] @ Wf' + ezi[t+1] @ Wi' + ezg[t+1] @ Wg' + ezo[t+1] @ Wo'
let ec[t] = eh[t] * o[t] * (1 - tanh(c[t])^2)
# says: the path c[t] -> c[t+1] is missing
let ezo[t] = eh[t] * tanh(c[t]) * o[t] * (1 - o[t])
let ezf[t] = ec[t] * c[t-1] * f[t] * (1 - f[t])
let ezi[t] = ec[t] * g[t] * i[t] * (1 - i[t])
let ezg[t] = ec[t] * i[t] * (1 - g[t]^2)

claim grad(c[t]) = ec[t]
# says: because of ec
claim grad(h[t]) = eh[t]
# says: because of ec
claim grad(zf[t]) = ezf[t]
# says: because of ec
claim grad(Wf) = sum(t, h[t-1]' @ ezf[t])
# says: because of ec
claim grad(Uo) = sum(t, x[t]' @ ezo[t])
# says: because of ec
claim grad(bf) = sum(t, ezf[t])
# says: the path bf -> zf[t]: a sum over the batch is missing

# --- two gates forgotten in dh ---------------------------------------------------------------------------------

let qh[t] = dz[t] @ V' + qzf[t+1] @ Wf' + qzi[t+1] @ Wi'
# says: the paths h[t] -> zg[t+1] and h[t] -> zo[t+1] are missing
let qc[t] = qh[t] * o[t] * (1 - tanh(c[t])^2) + qc[t+1] * f[t+1]
let qzf[t] = qc[t] * c[t-1] * f[t] * (1 - f[t])
let qzi[t] = qc[t] * g[t] * i[t] * (1 - i[t])

claim grad(h[t]) = qh[t]
# says: because of qh
claim grad(c[t]) = qc[t]
# says: because of qh
claim grad(Wi) = sum(t, h[t-1]' @ qzi[t])
# says: because of qh

# --- no recursion at all ---------------------------------------------------------------------------------------

let nh[t] = dz[t] @ V'
# says: only the path h[t] -> z[t] is kept: the recursion is missing
let nc[t] = nh[t] * o[t] * (1 - tanh(c[t])^2)
# says: the path c[t] -> c[t+1] is missing

claim grad(h[t]) = nh[t]
# says: because of nh
claim grad(c[t]) = nc[t]
# says: because of nh
# says: because of nc
claim grad(Wf) = sum(t, h[t-1]' @ (nc[t] * c[t-1] * f[t] * (1 - f[t])))
# says: because of nh
# says: because of nc

# --- the state's recursion forgotten, the cell's there ----------------------------------------------------------

let sc[t] = nh[t] * o[t] * (1 - tanh(c[t])^2) + sc[t+1] * f[t+1]

claim grad(c[t]) = sc[t]
# says: because of nh
claim grad(Wi) = sum(t, h[t-1]' @ (sc[t] * g[t] * i[t] * (1 - i[t])))
# says: because of nh
