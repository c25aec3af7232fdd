# A long short-term memory, and its backpropagation through time derived by hand.
#
#   gradflow check lstm.gf                  judges every claim
#   gradflow check lstm.gf --hints 2        what belongs in each open place
#   gradflow check lstm.gf --set T=50,m=8   over 50 steps, with 8 hidden units
#   gradflow draw  lstm.gf -o lstm.svg      the gradient on every edge
#
# Vectors are rows: `@` is the matrix product, `*` goes element by element, `'` transposes.
# Inputs, hidden units, classes and steps have four different sizes: equal ones hide a missing transpose.
# No state starts at 0: zeros hide an index that is off by one at the first step.

title "LSTM"

steps T = 5
size  n = 2, m = 4, k = 3     # inputs, hidden units, classes
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot   # the class that is right at step t

# --- forward (Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000) ---

param Uf, Ui, Ug, Uo : n x m  # input to gate
param Wf, Wi, Wg, Wo : m x m  # state to gate
param bf, bi, bg, bo : 1 x m
param V : m x k               # state to output
param d : 1 x k
start h[0] : 1 x m ~ uniform(-1, 1)
start c[0] : 1 x m ~ uniform(-1, 1)

zf[t] = x[t] @ Uf + h[t-1] @ Wf + bf
f[t]  = sigmoid(zf[t])                      # forget gate: what stays
zi[t] = x[t] @ Ui + h[t-1] @ Wi + bi
i[t]  = sigmoid(zi[t])                      # input gate: what comes in
zg[t] = x[t] @ Ug + h[t-1] @ Wg + bg
g[t]  = tanh(zg[t])                         # candidate
c[t]  = f[t] * c[t-1] + i[t] * g[t]         # cell state
zo[t] = x[t] @ Uo + h[t-1] @ Wo + bo
o[t]  = sigmoid(zo[t])                      # output gate: what is shown
h[t]  = o[t] * tanh(c[t])

z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

# --- backward, by hand: dv[t] stands for d loss / d v[t] ------------------------------------------
#
# From the last step to the first. Beyond the last step everything is zero: dc[T+1] = 0, f[T+1] = 0 ...

let dz[t] = softmax(z[t]) - y[t]

let dh[t] = dz[t] @ V' + dzf[t+1] @ Wf' + dzi[t+1] @ Wi' + dzg[t+1] @ Wg' + dzo[t+1] @ Wo'

let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]

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
claim "cell state":     grad(c[t]) = dc[t]
claim "input":          grad(x[t]) = dx[t]

claim "forget gate":    grad(f[t]) = df[t]
claim "input gate":     grad(i[t]) = di[t]
claim "candidate":      grad(g[t]) = dg[t]
claim "output gate":    grad(o[t]) = do[t]

claim "before forget gate": grad(zf[t]) = dzf[t]
claim "before input gate":  grad(zi[t]) = dzi[t]
claim "before candidate":   grad(zg[t]) = dzg[t]
claim "before output gate": grad(zo[t]) = dzo[t]

# Every step uses the same weights, so their gradients add up over the steps.

claim grad(Uf) = sum(t, x[t]' @ dzf[t])
claim grad(Ui) = sum(t, x[t]' @ dzi[t])
claim grad(Ug) = sum(t, x[t]' @ dzg[t])
claim grad(Uo) = sum(t, x[t]' @ dzo[t])

claim grad(Wf) = sum(t, h[t-1]' @ dzf[t])
claim grad(Wi) = sum(t, h[t-1]' @ dzi[t])
claim grad(Wg) = sum(t, h[t-1]' @ dzg[t])
claim grad(Wo) = sum(t, h[t-1]' @ dzo[t])

claim grad(bf) = sum(t, dzf[t])
claim grad(bi) = sum(t, dzi[t])
claim grad(bg) = sum(t, dzg[t])
claim grad(bo) = sum(t, dzo[t])

claim grad(V) = sum(t, h[t]' @ dz[t])
claim grad(d) = sum(t, dz[t])

# --- from step to step ----------------------------------------------------------------------------
#
# Entry (i, j) of jacobian(y, x) is d y_i / d x_j: columns come in, rows go out, hence the W'.
# Behind the bar stands what is held fixed: along the cell state alone there is nothing but the forget gate,
# and no matrix to multiply with. That is what keeps gradients alive.

claim "along the cell": jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t])
claim "many steps":     jacobian(c[t], c[j] | h) = prod(s, t downto j+1, diag(f[s]))  for j = 0..t-1

# The whole derivative has three more ways, through h[t-1] and the gates that read it.

let by_state[t] = diag(c[t-1] * f[t] * (1 - f[t])) @ Wf' +
                  diag(g[t] * i[t] * (1 - i[t])) @ Wi' +
                  diag(i[t] * (1 - g[t]^2)) @ Wg'

claim "through the gates": jacobian(c[t], h[t-1] | c[t-1]) = by_state[t]
claim "by every path": jacobian(c[t], c[t-1]) =
    diag(f[t]) + by_state[t] @ diag(o[t-1] * (1 - tanh(c[t-1])^2))  for t = 2..T
claim "shown": jacobian(h[t], c[t]) = diag(o[t] * (1 - tanh(c[t])^2))

# --- bounds ---------------------------------------------------------------------------------------

claim "gates":          0 <= f[t] <= 1
claim                   0 <= i[t] <= 1
claim                   0 <= o[t] <= 1
claim                   -1 <= g[t] <= 1
claim "state bounded":  -1 <= h[t] <= 1
claim "cell grows by 1 a step at most": abs(c[t]) <= abs(c[t-1]) + 1
claim "sigmoid' is small": 0 <= sigmoid'(zf[t]) <= 1/4
