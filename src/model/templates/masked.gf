# A recurrent network that reads a batch of sequences of unequal length, and its backpropagation through time derived
# by hand. A mask says who is still reading; what comes behind the end of a sequence is padding, and teaches nothing.
#
#   gradflow check masked.gf                  judges every claim
#   gradflow check masked.gf --set T=50,m=8   over 50 steps, with 8 hidden units
#   gradflow draw  masked.gf -o masked.svg    the gradient on every edge
#
# Each row is a sequence of its own: `@` is the matrix product, `*` goes element by element, `'` transposes.
# Sequences, inputs, hidden units, classes and steps have different sizes: equal ones hide a missing transpose.
# No state starts at 0: zeros hide an index that is off by one at the first step.

title "Masked RNN"

steps T = 5
size  B = 6                   # sequences in the batch: as many as there are lengths below
size  n = 2, m = 4, k = 3     # inputs, hidden units, classes: two at least, else softmax runs down the batch
seed  1

input x[t] : B x n
given y[t] : B x k ~ onehot        # the class that is right at step t
given r    : B x 1                 # what is to be told of the whole sequence
given mask[t] : B x 1 = ([T; T; T / 2 + 1; 3; 2; 1] >= t)   # the lengths: 1 while a sequence goes on, then 0

# --- forward --------------------------------------------------------------------------------------

param U : n x m               # input to state
param W : m x m               # state to state
param b : 1 x m
param V : m x k               # state to output
param d : 1 x k
param q : m x 1               # last state to what is told of the whole
start h[0] : B x m ~ uniform(-1, 1)

a[t] = x[t] @ U + h[t-1] @ W + b
g[t] = tanh(a[t])
h[t] = mask[t] * g[t] + (1 - mask[t]) * h[t-1]   # behind its end a sequence keeps its state

# A target of zeros costs nothing. The mean is over the steps that there are, not over B * T of them: N counts.

z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], mask[t] * y[t])
N    = sum(t, sum(mask[t]))

# So h[T] holds the last state of every sequence, however long.

s = h[T] @ q
E = mse(s, r)

loss sum(t, L[t]) / N + E

# --- backward, by hand: dv[t] stands for d loss / d v[t] ------------------------------------------
#
# From the last step to the first. Beyond the last step everything is zero: da[T+1] = 0, dh[T+1] = 0.
# The mask is a constant: it is a factor in the gradients as it is in the values.

let dz[t] = mask[t] * (softmax(z[t]) - y[t]) / N    # softmax and cross-entropy, together
let ds    = 2 * (s - r) / B

# h[t] is read by the output, and by step t+1: through g[t+1] where the sequence goes on, as it is where it has ended.
let dh[t] = dz[t] @ V' + da[t+1] @ W' + (1 - mask[t+1]) * dh[t+1]
let dh[T] = dz[T] @ V' + ds @ q'                    # the last one is also read by s
let dg[t] = mask[t] * dh[t]
let da[t] = dg[t] * (1 - g[t]^2)                    # tanh' = 1 - tanh^2

claim "logits":         grad(z[t]) = dz[t]
claim "what is told":   grad(s) = ds
claim "state":          grad(h[t]) = dh[t]
claim "new state":      grad(g[t]) = dg[t]
claim "pre-activation": grad(a[t]) = da[t]
claim "input":          grad(x[t]) = da[t] @ U'

# Every step and every sequence uses the same weights, so their gradients add up over both: over the steps by sum, over
# the rows within the product, or by colsum where there is none.

claim grad(U) = sum(t, x[t]' @ da[t])
claim grad(W) = sum(t, h[t-1]' @ da[t])
claim grad(b) = sum(t, colsum(da[t]))
claim grad(V) = sum(t, h[t]' @ dz[t])
claim grad(d) = sum(t, colsum(dz[t]))
claim grad(q) = h[T]' @ ds

# --- what the mask is for -------------------------------------------------------------------------

claim "0 or 1":                mask[t] = mask[t]^2
claim "once ended, ended":     mask[t] <= mask[t-1]  for t = 2..T
claim "all are counted":       N = sum(t, colsum(mask[t]))
claim "the state is kept":     (1 - mask[t]) * h[t] = (1 - mask[t]) * h[t-1]

# Padding could be anything: no gradient reaches it, and it reaches no weight.

claim "padding teaches nothing": (1 - mask[t]) * grad(x[t]) = 0
claim "nor are its outputs judged": (1 - mask[t]) * grad(z[t]) = 0

# The gradient of the last state goes over the padding unchanged, to the last step that there was.

claim "handed on as it is": (1 - mask[t]) * grad(h[t]) = (1 - mask[t]) * (ds @ q')

# --- bounds ---------------------------------------------------------------------------------------

claim "state bounded":  -1 <= h[t] <= 1  within 1e-12
claim "squashing":      0 <= tanh'(a[t]) <= 1
