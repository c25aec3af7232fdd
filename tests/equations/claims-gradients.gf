# Gradients, Jacobians, held names, and the use of a weight at one step.
title "gradients"
steps T = 4
size n = 3, m = 4, k = 2
seed 5

input x[t] : n x 1
input y[t] : k x 1 ~ onehot
param Wf, Wi, Wg, Wo : m x m+n
param V : k x m
param S : m x 1
start h[0] = tanh(S)
start c[0] : m x 1 ~ normal(0, 1)

q[t] = [h[t-1]; x[t]]
f[t] = sigmoid(Wf @ q[t])
i[t] = sigmoid(Wi @ q[t])
g[t] = tanh(Wg @ q[t])
o[t] = sigmoid(Wo @ q[t])
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
z[t] = V @ h[t]
L[t] = cross_entropy(z[t], y[t])
w2 = sum(V^2)
loss sum(t, L[t]) + 0.5 * w2

let dz[t] = softmax(z[t]) - y[t]
let J[t]  = jacobian(h[t], h[t-1] | c[t-1])

# --- grad(v): the shape of v, by every path ---

claim grad(z[t]) = dz[t]                                                      # expect: holds
claim grad(V) = sum(t, dz[t] @ h[t]') + V                                     # expect: holds
claim grad(h[t]) = V' @ dz[t] + jacobian(q[t+1], h[t])' @ grad(q[t+1])        # expect: holds
claim grad(h[t]) = V' @ dz[t]                                                 # expect: fails
claim grad(S) = grad(h[0]) * (1 - h[0]^2)                                     # expect: holds
claim grad(c[0]) = grad(c[1]) * f[1]                                          # expect: holds
claim grad(x[t]) = rows(grad(q[t]), m+1, m+n)                                 # expect: holds
claim grad(L[t]) = 1                                                          # expect: holds
claim grad(w2) = 0.5                                                          # expect: holds

# --- grad(v, s): of another 1 x 1 quantity ---

claim grad(z[t], L[t]) = dz[t]                                                # expect: holds
claim grad(z[t], L[j]) = 0  for j = 1..t-1                                    # expect: holds
claim grad(z[t], L[T]) = 0  for t = 1..T-1                                    # expect: holds
claim grad(h[T], sum(h[T])) = ones(m, 1)                                      # expect: holds
claim grad(h[t], sum(h[t]^2)) = 2 * h[t]                                      # expect: holds
claim grad(c[T], sum(h[T])) = o[T] * (1 - tanh(c[T])^2)                       # expect: holds
claim grad(x[1]) = sum(t, grad(x[1], L[t]))                                   # expect: holds
claim grad(x[1]) = sum(j, 1..T, grad(x[1], L[j]))                             # expect: holds
claim grad(V, sum(j, 1..t, L[j])) = sum(j, 1..t, dz[j] @ h[j]')               # expect: holds
claim grad(V, norm(V)) = V / norm(V)                                          # expect: holds
claim grad(V, 3) = 0                                                          # expect: holds
claim grad(V, sum(j, 1..0, L[j])) = 0                                         # expect: holds

# --- jacobian(y, x): entry (i, j) is d vec(y)_i / d vec(x)_j ---

claim jacobian(z[t], h[t]) = V                                                # expect: holds
claim jacobian(z[t], h[t]) = V'                                               # expect: error
# error 60:28 the left side is 2 x 4, the right side 4 x 2 at t = 1
claim jacobian(z[t], V) = kron(eye(k), h[t]')                                 # expect: holds
claim jacobian(h[t], h[t]) = eye(m)                                           # expect: holds
claim jacobian(z[t] * 2 + 1, h[t]) = 2 * V                                    # expect: holds
claim jacobian(tanh(c[t]), c[t]) = diag(1 - tanh(c[t])^2)                     # expect: holds
claim jacobian(vec(V), V) = eye(k * m)                                        # expect: holds
claim jacobian(h[1], h[3]) = 0                                                # expect: holds
claim jacobian(L[t], z[t]) = grad(z[t], L[t])'                                # expect: holds
claim "two ways": jacobian(c[t], c[t-1]) = diag(f[t]) + jacobian(c[t], h[t-1] | c[t-1]) @ jacobian(h[t-1], c[t-1])   # expect: holds

# --- held names ---

claim jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t])                            # expect: holds
claim jacobian(c[t], c[t-1] | h[t-1]) = jacobian(c[t], c[t-1])  for t = 2..T  # expect: fails
claim jacobian(c[T], c[j] | h) = prod(s, T downto j+1, diag(f[s]))  for j = 0..T   # expect: holds
claim "several": jacobian(c[t], c[t-1] | f[t], i[t], g[t]) = diag(f[t])       # expect: holds
claim "q alone": jacobian(c[t], c[t-1] | q) = diag(f[t])                      # expect: holds
claim "J": J[t] = jacobian(h[t], h[t-1] | c[t-1])                             # expect: holds
claim "let of held": grad(h[T-1]) = V' @ dz[T-1] + J[T]' @ grad(h[T])         # expect: holds
claim grad(h[t] | h[t+1], c[t+1]) = V' @ dz[t]                                # expect: holds
claim grad(h[t], L[t] | z[t]) = 0                                             # expect: holds
claim grad(V | h) = grad(V)                                                   # expect: holds
claim "nothing changes": grad(h[t] | h[t]) = grad(h[t])                       # expect: holds
claim "nor here": grad(z[t], L[t] | L[t], z[t]) = dz[t]                       # expect: holds
claim "nor by y": jacobian(c[t], f[t] | c[t]) = diag(c[t-1])                  # expect: holds
claim "nor by x": jacobian(c[T], c[1] | c[1], h) = prod(s, T downto 2, diag(f[s]))   # expect: holds
claim "the start is held too": grad(S | h) = 0                                # expect: holds
claim "and h[0] among them": jacobian(q[1], S | h) = 0                        # expect: holds
claim "without the bar it is not": jacobian(q[1], S) = 0                      # expect: fails
claim "of the loss, one step": grad(c[t] | c[t+1], h[t+1]) = grad(h[t] | h[t+1], c[t+1]) * o[t] * (1 - tanh(c[t])^2)   # expect: holds

# --- the use of a weight at one step ---

claim grad(Wf) = sum(t, grad(Wf[t]))                                          # expect: holds
claim grad(Wf[t]) = (grad(c[t]) * c[t-1] * f[t] * (1 - f[t])) @ q[t]'         # expect: holds
claim "used outside the steps, too": grad(V) = sum(t, grad(V[t]))             # expect: fails
claim grad(V) = sum(t, grad(V[t])) + V                                        # expect: holds
claim grad(V[t]) = dz[t] @ h[t]'                                              # expect: holds
claim grad(V[t], L[t]) = dz[t] @ h[t]'                                        # expect: holds
claim grad(V[t], L[j]) = 0  for j = t+1..T                                    # expect: holds
claim jacobian(z[t], V[t]) = jacobian(z[t], V)                                # expect: holds
claim jacobian(z[t], V[j]) = 0  for j = t+1..T                                # expect: holds
claim jacobian(h[T], Wf) = sum(t, jacobian(h[T], Wf[t]))                      # expect: holds
claim grad(Wf[t] | c[t+1], h[t+1]) = (grad(c[t] | c[t+1], h[t+1]) * c[t-1] * f[t] * (1 - f[t])) @ q[t]'   # expect: holds
claim grad(V[T+1]) = 0                                                        # expect: holds
claim grad(V[0]) = 0                                                          # expect: holds
claim "a name without time": grad(w2) = grad(w2[1])                           # expect: fails
