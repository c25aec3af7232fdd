# A recurrent network with attention over its states, and its backpropagation through time derived by hand. At each
# step a query looks at all the states there are, and the output sees the mean of them, weighted by how well they agree.
#
#   gradflow check attention.gf                   judges every claim
#   gradflow check attention.gf --set T=20,m=8    over 20 steps, with 8 hidden units
#   gradflow draw  attention.gf -o attention.svg  the gradient on every edge
#
# Vectors are rows: `@` is the matrix product, `*` goes element by element, `'` transposes.
# Inputs, hidden units, classes and steps have four different sizes: equal ones hide a missing transpose.
# No state starts at 0: zeros hide an index that is off by one at the first step.

title "RNN with attention"

steps T = 5
size  n = 2, m = 4, k = 3     # inputs, hidden units, classes
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot   # the class that is right at step t

# --- forward (Bahdanau, Cho and Bengio 2015; the scaled product: Vaswani et al. 2017) ---------------

param U : n x m               # input to state
param W : m x m               # state to state
param b : 1 x m
param Q : m x m               # state to query
param V : 2*m x k             # state and context to output
param d : 1 x k
start h[0] : 1 x m ~ uniform(-1, 1)

a[t] = x[t] @ U + h[t-1] @ W + b
h[t] = tanh(a[t])
H    = vcat(t, h[t])         # T x m: all states, one below the other

q[t] = h[t] @ Q               # what step t looks for
e[t] = q[t] @ H' / sqrt(m)    # 1 x T: how well each state agrees with it
w[t] = softmax(e[t])          # how much it attends to each
c[t] = w[t] @ H               # the context: their weighted mean

z[t] = [h[t], c[t]] @ V + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

# --- backward, by hand: dv[t] stands for d loss / d v[t] ------------------------------------------
#
# From the last step to the first. Beyond the last step everything is zero: da[T+1] = 0.

let dz[t] = softmax(z[t]) - y[t]            # softmax and cross-entropy, together

# V has a block for each of the two that stand side by side.
let dc[t] = dz[t] @ rows(V, m+1, 2*m)'

# Through the weights: softmax takes from each the mean, weighted by w, of what all of them receive.
let dw[t] = dc[t] @ H'
let de[t] = w[t] * (dw[t] - dw[t] @ w[t]')
let dq[t] = de[t] @ H / sqrt(m)

# Every step reads all states, and twice: as what is weighted, and as what agrees with the query.
let dH = sum(t, w[t]' @ dc[t] + de[t]' @ q[t] / sqrt(m))

# h[t] is read by the output, as a query, by step t+1, and by all steps as row t of H.
let dh[t] = dz[t] @ rows(V, 1, m)' + dq[t] @ Q' + da[t+1] @ W' + rows(dH, t, t)
let da[t] = dh[t] * (1 - h[t]^2)            # tanh' = 1 - tanh^2

claim "logits":         grad(z[t]) = dz[t]
claim "context":        grad(c[t]) = dc[t]
claim "weights":        grad(w[t]) = dw[t]
claim "scores":         grad(e[t]) = de[t]
claim "query":          grad(q[t]) = dq[t]
claim "all states":     grad(H) = dH
claim "state":          grad(h[t]) = dh[t]
claim "pre-activation": grad(a[t]) = da[t]
claim "input":          grad(x[t]) = da[t] @ U'

# Every step uses the same weights, so their gradients add up over the steps.

claim grad(U) = sum(t, x[t]' @ da[t])
claim grad(W) = sum(t, h[t-1]' @ da[t])
claim grad(b) = sum(t, da[t])
claim grad(Q) = sum(t, h[t]' @ dq[t])
claim grad(V) = sum(t, [h[t], c[t]]' @ dz[t])
claim grad(d) = sum(t, dz[t])

# --- how far it reaches ---------------------------------------------------------------------------
#
# Entry (i, j) of jacobian(y, x) is d y_i / d x_j: columns come in, rows go out, hence the W'.
# Along the recurrence a state reaches a later step by as many factors as there are steps between.

claim "by the recurrence": jacobian(h[t], h[j]) = prod(s, t downto j+1, diag(1 - h[s]^2) @ W')  for j = 0..t-1

# By attention every state reaches every step in one: behind the bar stands what is held fixed, and with scores and
# recurrence held there is its weight left, however far away it is.

claim "by attention":      jacobian(c[t], h[j] | e, a) = entry(w[t], 1, j) * eye(m)  for j = 1..T

# The Jacobian of softmax has no preferred direction but that of all ones, in which nothing changes.

claim "softmax":           jacobian(w[t], e[t]) = diag(w[t]) - w[t]' @ w[t]
claim "scores compare":    sum(grad(e[t])) = 0  within 1e-9

# --- bounds ---------------------------------------------------------------------------------------

claim "shares":         0 <= w[t] <= 1
claim "of one whole":     sum(w[t]) = 1
claim "the context lies between the states": abs(c[t]) <= max(abs(H))  within 1e-12
