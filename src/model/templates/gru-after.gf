# A gated recurrent unit as PyTorch has it, and its backpropagation through time derived by hand. The reset gate acts
# after the product with the old state, not before it as in `gradflow new gru`: one product of the state with all three
# matrices will do, and the candidate has a second bias, inside of what the gate is multiplied with.
#
#   gradflow check gru-after.gf                  judges every claim
#   gradflow check gru-after.gf --set T=50,m=8   over 50 steps, with 8 hidden units
#   gradflow draw  gru-after.gf -o gru.svg       the gradient on every edge
#
# Vectors are rows: `@` is the matrix product, `*` goes element by element, `'` transposes.
# Inputs, hidden units, classes and steps have four different sizes: equal ones hide a missing transpose.
# No state starts at 0: zeros hide an index that is off by one at the first step.

title "GRU, reset gate after the product"

steps T = 5
size  in = 2, m = 4, k = 3    # inputs, hidden units, classes; n is the candidate here, and z a gate
seed  1

input x[t] : 1 x in
given y[t] : 1 x k ~ onehot   # the class that is right at step t

# --- forward (torch.nn.GRU; the cell is that of Cho et al. 2014 but for the place of the reset gate) -----------------

param Ur, Uz, Un : in x m     # input to gate
param Wr, Wz, Wn : m x m      # state to gate
param br, bz, bn : 1 x m      # of r and z PyTorch has two biases each, of which the sum is what counts
param cn : 1 x m              # the bias of the state's part of the candidate: bias_hh
param V : m x k               # state to output
param d : 1 x k
start h[0] : 1 x m ~ uniform(-1, 1)

zr[t] = x[t] @ Ur + h[t-1] @ Wr + br
r[t]  = sigmoid(zr[t])                      # reset gate: how much of the old state's part the candidate sees
zz[t] = x[t] @ Uz + h[t-1] @ Wz + bz
z[t]  = sigmoid(zz[t])                      # update gate: how much of the old state stays
zn[t] = x[t] @ Un + bn + r[t] * (h[t-1] @ Wn + cn)
n[t]  = tanh(zn[t])                         # candidate
h[t]  = (1 - z[t]) * n[t] + z[t] * h[t-1]

s[t] = h[t] @ V + d                         # scores of the classes
L[t] = cross_entropy(s[t], y[t])

loss sum(t, L[t])

# --- backward, by hand: dv[t] stands for d loss / d v[t] ------------------------------------------
#
# From the last step to the first. Beyond the last step everything is zero: dh[T+1] = 0, z[T+1] = 0 ...

let ds[t] = softmax(s[t]) - y[t]            # softmax and cross-entropy, together

# h[t] is read by the output, by h[t+1], which keeps the share z[t+1] of it, by the two gates of step t+1, and by the
# state's part of its candidate.
let dh[t] = ds[t] @ V' + dh[t+1] * z[t+1] + dzz[t+1] @ Wz' + dzr[t+1] @ Wr' + dp[t+1] @ Wn'

let dn[t] = dh[t] * (1 - z[t])
let dz[t] = dh[t] * (h[t-1] - n[t])         # -n from (1 - z) * n, and h[t-1] from z * h[t-1]
let dzn[t] = dn[t] * (1 - n[t]^2)           # tanh' = 1 - tanh^2

# In the product r * p of the gate and the state's part p = h[t-1] @ Wn + cn, each receives the other as a factor.
let p[t]  = h[t-1] @ Wn + cn
let dr[t] = dzn[t] * p[t]
let dp[t] = dzn[t] * r[t]

let dzz[t] = dz[t] * z[t] * (1 - z[t])      # sigmoid' = s * (1 - s)
let dzr[t] = dr[t] * r[t] * (1 - r[t])

let dx[t] = dzr[t] @ Ur' + dzz[t] @ Uz' + dzn[t] @ Un'

claim "scores":         grad(s[t]) = ds[t]
claim "state":          grad(h[t]) = dh[t]
claim "input":          grad(x[t]) = dx[t]

claim "reset gate":     grad(r[t]) = dr[t]
claim "update gate":    grad(z[t]) = dz[t]
claim "candidate":      grad(n[t]) = dn[t]

claim "before reset gate":  grad(zr[t]) = dzr[t]
claim "before update gate": grad(zz[t]) = dzz[t]
claim "before candidate":   grad(zn[t]) = dzn[t]

# Every step uses the same weights, so their gradients add up over the steps. What the old state is multiplied with
# hears only what the reset gate lets through; so does cn, and that is all by which it differs from bn.

claim grad(Ur) = sum(t, x[t]' @ dzr[t])
claim grad(Uz) = sum(t, x[t]' @ dzz[t])
claim grad(Un) = sum(t, x[t]' @ dzn[t])

claim grad(Wr) = sum(t, h[t-1]' @ dzr[t])
claim grad(Wz) = sum(t, h[t-1]' @ dzz[t])
claim grad(Wn) = sum(t, h[t-1]' @ dp[t])

claim grad(br) = sum(t, dzr[t])
claim grad(bz) = sum(t, dzz[t])
claim grad(bn) = sum(t, dzn[t])
claim grad(cn) = sum(t, dp[t])

claim grad(V) = sum(t, h[t]' @ ds[t])
claim grad(d) = sum(t, ds[t])

# --- from state to state --------------------------------------------------------------------------
#
# Entry (i, j) of jacobian(y, x) is d y_i / d x_j: columns come in, rows go out, hence the W'.
# Behind the bar stands what is held fixed: with update gate and candidate held, the share z[t] of the state
# passes as it is, with no matrix to multiply with. That is what keeps gradients alive.

claim "straight on":    jacobian(h[t], h[t-1] | z[t], n[t]) = diag(z[t])

# The other two ways: through the update gate, and through the candidate. The reset gate stands left of Wn' here, since
# it acts on what the product made; in `gradflow new gru` it stands on the right.

let by_update[t] = diag((h[t-1] - n[t]) * z[t] * (1 - z[t])) @ Wz'
let seen[t]      = diag(r[t]) @ Wn' + diag(p[t] * r[t] * (1 - r[t])) @ Wr'
let by_new[t]    = diag((1 - z[t]) * (1 - n[t]^2)) @ seen[t]

claim "one step":       jacobian(h[t], h[t-1]) = diag(z[t]) + by_update[t] + by_new[t]
claim "many steps":     jacobian(h[t], h[j]) = prod(q, t downto j+1, jacobian(h[q], h[q-1]))  for j = 0..t-1

# --- bounds ---------------------------------------------------------------------------------------

claim "gates":          0 <= r[t] <= 1
claim                   0 <= z[t] <= 1
claim                   -1 <= n[t] <= 1
claim "state bounded":  -1 <= h[t] <= 1  within 1e-12
claim "sigmoid' is small": 0 <= sigmoid'(zr[t]) <= 1/4
