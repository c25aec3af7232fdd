# A recurrent network whose steps have weights of their own, and its gradients derived by hand. It says what sharing
# means: one weight in place of many has for its gradient the sum of theirs.
#
#   gradflow check untied.gf                  judges every claim
#   gradflow check untied.gf --set T=50,m=8   over 50 steps, with 8 hidden units
#   gradflow draw  untied.gf -o untied.svg    the gradient on every edge
#
# Vectors are rows: `@` is the matrix product, `*` goes element by element, `'` transposes.
# Inputs, hidden units, classes and steps have four different sizes: equal ones hide a missing transpose.
# No state starts at 0: zeros hide an index that is off by one at the first step.

title "Untied RNN"

steps T = 5
size  n = 2, m = 4, k = 3     # inputs, hidden units, classes
seed  1

input x[t] : 1 x n
given y[t] : 1 x k ~ onehot   # the class that is right at step t

# --- forward --------------------------------------------------------------------------------------
#
# With [t] a param is a matrix of its own at each step: T of them, as in a network of T layers that are not alike.
# From state to state there are both: W[t], which step t has for itself, and S, which all steps share.

param U[t] : n x m            # input to state
param W[t] : m x m            # state to state
param b[t] : 1 x m
param S : m x m               # state to state, at every step
param V : m x k               # state to output, at every step
param d : 1 x k
start h[0] : 1 x m ~ uniform(-1, 1)

a[t] = x[t] @ U[t] + h[t-1] @ (S + W[t]) + b[t]
h[t] = tanh(a[t])

z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

# --- backward, by hand: dv[t] stands for d loss / d v[t] ------------------------------------------
#
# From the last step to the first. Beyond the last step everything is zero: da[T+1] = 0.
# What comes back from step t+1 comes through the weights of step t+1.

let dz[t] = softmax(z[t]) - y[t]                # softmax and cross-entropy, together
let dh[t] = dz[t] @ V' + da[t+1] @ (S + W[t+1])'
let da[t] = dh[t] * (1 - h[t]^2)                # tanh' = 1 - tanh^2

claim "logits":         grad(z[t]) = dz[t]
claim "state":          grad(h[t]) = dh[t]
claim "pre-activation": grad(a[t]) = da[t]
claim "input":          grad(x[t]) = da[t] @ U[t]'

# A weight of one step is used once: one term, and no sum.

let dW[t] = h[t-1]' @ da[t]

claim "input weights, each step's": grad(U[t]) = x[t]' @ da[t]
claim "state weights, each step's": grad(W[t]) = dW[t]
claim "bias, each step's":          grad(b[t]) = da[t]

# A weight that all steps share is used T times, and each use adds what a weight of that step's own would receive.
# Sharing means the sum: of T gradients there is one.

claim "shared":             grad(S) = sum(t, dW[t])
claim "the sum of theirs":  grad(S) = sum(t, grad(W[t]))
claim "one use of it":      grad(S[t]) = grad(W[t])
claim "output weights":     grad(V) = sum(t, h[t]' @ dz[t])
claim "output bias":        grad(d) = sum(t, dz[t])

# The weights of a step say nothing of the steps before it.

claim "not the past":       grad(W[t], L[j]) = 0  for j = 1..t-1

# --- from state to state --------------------------------------------------------------------------
#
# Entry (i, j) of jacobian(y, x) is d y_i / d x_j: columns come in, rows go out, hence the transposes.
# With shared weights a product over many steps has the same matrix in each factor, and its largest stretching decides
# whether gradients vanish or explode; here each factor is another one.

claim "one step":       jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ (S + W[t])'
claim "many steps":     jacobian(h[t], h[j]) = prod(s, t downto j+1, diag(1 - h[s]^2) @ (S + W[s])')  for j = 0..t-1
claim "far back":       grad(h[t], L[T]) = dz[T] @ V' @ jacobian(h[T], h[t])

claim "squashing":      0 <= tanh'(a[t]) <= 1
claim "stretching":     norm2(jacobian(h[t], h[t-1])) <= norm2(S) + norm2(W[t])  within 1e-9
