# A recurrent network with skips, over each step and over a layer, and its backpropagation through time derived by
# hand. What is skipped adds to the state instead of replacing it.
#
#   gradflow check residual.gf                  judges every claim
#   gradflow check residual.gf --set T=50,m=8   over 50 steps, with 8 hidden units
#   gradflow draw  residual.gf -o residual.svg  the gradient on every edge
#
# Vectors are rows: `@` is the matrix product, `*` goes element by element, `'` transposes.
# Inputs, hidden units, classes and steps have four different sizes: equal ones hide a missing transpose.
# No state starts at 0: zeros hide an index that is off by one at the first step.

title "Residual RNN"

steps T = 5
size  n = 2, m = 4, k = 3     # inputs, hidden units, classes
seed  3                       # relu passes some of u and stops others: of ones alone a missing relu' is not seen

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot   # the class that is right at step t

# --- forward (He, Zhang, Ren and Sun 2016: x + F(x) in place of F(x)) -------------------------------

param U : n x m               # input to state
param W : m x m               # state to state
param b : 1 x m
param P, Q : m x m            # into the layer, and out of it
param c : 1 x m
param V : m x k               # to output
param d : 1 x k
start h[0] : 1 x m ~ uniform(-1, 1)

a[t] = x[t] @ U + h[t-1] @ W + b
h[t] = h[t-1] + tanh(a[t])    # a skip over the step: the old state, and what is new

u[t] = h[t] @ P + c
r[t] = h[t] + relu(u[t]) @ Q  # a skip over the layer

z[t] = r[t] @ V + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

# --- backward, by hand: dv[t] stands for d loss / d v[t] ------------------------------------------
#
# From the last step to the first. Beyond the last step everything is zero: da[T+1] = 0, dh[T+1] = 0.
# Where the forward line has a sum, the gradient goes to each of its terms as it is: a skip forward is a skip backward.

let dz[t] = softmax(z[t]) - y[t]            # softmax and cross-entropy, together
let dr[t] = dz[t] @ V'
let du[t] = (dr[t] @ Q') * relu'(u[t])

# h[t] is read four times: by r[t] as it is, by the layer, by h[t+1] as it is, and by step t+1.
let dh[t] = dr[t] + du[t] @ P' + dh[t+1] + da[t+1] @ W'
let da[t] = dh[t] * (1 - tanh(a[t])^2)      # tanh' = 1 - tanh^2; it is not h[t] that is the tanh

claim "logits":         grad(z[t]) = dz[t]
claim "behind the layer": grad(r[t]) = dr[t]
claim "within the layer": grad(u[t]) = du[t]
claim "state":          grad(h[t]) = dh[t]
claim "pre-activation": grad(a[t]) = da[t]
claim "input":          grad(x[t]) = da[t] @ U'

# Every step uses the same weights, so their gradients add up over the steps.

claim grad(V) = sum(t, r[t]' @ dz[t])
claim grad(d) = sum(t, dz[t])
claim grad(Q) = sum(t, relu(u[t])' @ dr[t])
claim grad(P) = sum(t, h[t]' @ du[t])
claim grad(c) = sum(t, du[t])
claim grad(U) = sum(t, x[t]' @ da[t])
claim grad(W) = sum(t, h[t-1]' @ da[t])
claim grad(b) = sum(t, da[t])

# --- from state to state --------------------------------------------------------------------------
#
# Entry (i, j) of jacobian(y, x) is d y_i / d x_j: columns come in, rows go out, hence the W'.
# A step is the identity and something more; without the skip it would be the something alone.

claim "one step":       jacobian(h[t], h[t-1]) = eye(m) + diag(1 - tanh(a[t])^2) @ W'
claim "one layer":      jacobian(r[t], h[t]) = eye(m) + Q' @ diag(relu'(u[t])) @ P'
claim "many steps":     jacobian(h[t], h[j]) = prod(s, t downto j+1, jacobian(h[s], h[s-1]))  for j = 0..t-1

# Behind the bar stands what is held fixed. With every a held there is one way left from a step to any later one, that
# of the skips, and on it nothing is lost, over however many steps.

claim "straight on":    jacobian(h[t], h[j] | a) = eye(m)  for j = 0..t-1

# So the gradient of a state is a sum, in which what every later step sends arrives as it was sent. The product of
# Jacobians by which the gradients of a plain network vanish is hidden in da alone.

claim "nothing is lost": grad(h[t]) = sum(s, t..T, dr[s] + du[s] @ P') + sum(s, t+1..T, da[s] @ W')

# --- bounds ---------------------------------------------------------------------------------------

claim "a step moves by 1 at most": abs(h[t] - h[t-1]) <= 1  within 1e-12
claim "how far from the identity": norm2(jacobian(h[t], h[t-1]) - eye(m)) <= norm2(W)  within 1e-9
