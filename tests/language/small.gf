# The sentences of docs/language.md that are claims.

title "Sentence by sentence"

steps T = 4
size  n = 2, m = 3, k = 2
size  g = 2*m, third = g/3
seed  5

input x[t] : n x 1
input A : m x n = [1, 2; 3, 4; 5, 6]
input B : n x n ~ uniform(1, 2)
input row : 1 x m ~ normal(0, 1)
input hot : 4 x 3 ~ onehot
input col : 4 x 1 ~ onehot
param W : m x m ~ orthogonal
param U : m x n
param s : 1 x 1 = 0.5
start h[0] : m x 1 = 0.1
start r[T+1] : m x 1 = 0.2
start x[0] : n x 1 = [1; 2]

h[t] = tanh(W @ h[t-1] + U @ x[t])
r[t] = tanh(W @ r[t+1] + U @ x[t])     # backward in time
e    = sum(h[T] * r[1])                # worked out once
q[t] = h[t]' @ (r[t] * s) + e

loss sum(t, q[t]) / T

claim "sizes":         third = 2
claim "broadcasting":  A + ones(1, n) = A + 1
claim                  row + ones(k, 1) = [row; row] + ones(2, 3)
claim "Hadamard":      A * A = A^2
claim                  A ∘ A = A²
claim                  A ⊙ A = A * A
claim "division":      A / A = ones(m, n)
claim "powers":        2^3^2 = 512
claim                  A^-1 = 1 / A
claim "product":       A · B = A @ B
claim                  Aᵀ = A'
claim "precedence":    -A'^2 = -((A')^2)
claim                  A * A @ B = (A * A) @ B
claim                  A - A * 2 + A = zeros(m, n)
claim "side by side":  cols([A, A], 3, 4) = A
claim "stacked":       rows([A; A], 4, 6) = A
claim "by rows":       vec(A) = [1; 2; 3; 4; 5; 6]
claim                  reshape(A, 2, 3) = [1, 2, 3; 4, 5, 6]
claim "rowsum":        rowsum(A) = [3; 7; 11]
claim "colsum":        colsum(A) = [9, 12]
claim "means":         mean(A) = 3.5
claim                  norm([3, 4]) = 5
claim "softmax of rows": rowsum(softmax(A)) = ones(m, 1)
claim "of a column":   sum(softmax(h[t])) = 1
claim "logarithm":     log_softmax(A) = log(softmax(A))
claim "cross-entropy": cross_entropy(A, A / 2) = -sum(A / 2 * log_softmax(A))
claim "mse":           mse(A, 0 * A) = mean(A^2)
claim "kinks":         relu'(0) = 0
claim                  abs'(0) = 0
claim                  clip'(1, 0, 1) = 1
claim                  clip([-1, 0.5, 2], 0, 1) = [0, 0.5, 1]
claim "derivatives":   tanh'(h[t]) = 1 - tanh(h[t])^2
claim                  σ'(h[t]) = sigmoid(h[t]) * (1 - sigmoid(h[t]))
claim                  log'(A) = 1 / A
claim "empty sum":     A + sum(j, 1..0, A) = A
claim "empty product": prod(j, 1..0, W) @ A = A
claim "order":         prod(j, 1..2, rows(A, j, j) * [1, 1; 1, 1]) = ([1, 2; 1, 2]) @ [3, 4; 3, 4]
claim                  prod(j, 2 downto 1, rows(A, j, j) * [1, 1; 1, 1]) = ([3, 4; 3, 4]) @ [1, 2; 1, 2]
claim "no columns":    [A, zeros(m, 0)] = A
claim "diagonal":      diag(row) = diag(row')
claim "eye":           eye(3) = diag([1; 1; 1])
claim "orthogonal":    W @ W' = eye(m)
claim "one-hot rows":  rowsum(hot) = ones(4, 1)
claim                  sum(col) = 1
claim                  max(col) = 1
claim "beyond the ends": h[T+1] = zeros(m, 1)
claim                  1 - h[T+1] = ones(m, 1)
claim                  grad(h[T+1]) = 0
claim                  jacobian(h[T+1], h[T]) = 0
claim "starts":        h[0] = 0.1 * ones(m, 1)
claim                  x[0] = [1; 2]
claim                  r[T+1] = 0.2 * ones(m, 1)
claim "backward in time": jacobian(r[t], r[t+1]) = diag(1 - r[t]^2) @ W  for t = 1..T-1
claim "a stop":        jacobian(stop(h[T]) * h[T], h[T]) = diag(h[T])
claim "another scalar": grad(h[T], sum(h[T])) = ones(m, 1)
claim "itself":        jacobian(h[t], h[t]) = eye(m)
claim "held":          jacobian(h[t], h[j] | h) = 0  for j = 0..t-2
claim                  jacobian(h[t], h[t-1] | h) = jacobian(h[t], h[t-1])
claim "one use":       grad(W) = sum(t, grad(W[t]))
claim "spectral norm": norm2(W) = 1
claim "norms":         norm(A)^2 = sum(A^2)
claim "Kronecker":     kron(eye(2), [1, 2]) = [1, 2, 0, 0; 0, 0, 1, 2]
claim "unit":          norm(unit(A)) = 1
claim                  unit(0 * A) = 0
claim "sumto":         sumto(A, 1, n) = colsum(A)
claim "an index hides": sum(k, 1..3, k) = 6
claim "chain":         0 <= 1 - h[t]^2 <= 1 < 2
claim                  sum(A) = 21 = 3 * 7
claim "no instance":   h[t] = 17  for t = T+1..T
claim "within":        3.14159 = 3.1416  within 1e-5
claim "a vanished gradient": 1e-15 * A = 1e-15 * (A + 1e-8)
claim "zero":          0 * A = 1e-13 * unit(A)
