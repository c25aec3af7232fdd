# Every form of an expression has the value that the language says. Claims without derivatives, all of them hold.
# expect: holds
title "forms"
steps T = 4
size n = 3, m = 2*n, half = (m + n^2 - 1) / 2
input x[t] : n x 1 = [t; 2*t; -t]
input w : 2 x 2 = [1, 2; 3, 4]
param A : 2 x 3 = [1, 2, 3; 4, 5, 6]
param r : 1 x 3 = [1, 0, -1]
param i : 1 x 1 = 5
start x[0] : n x 1 = 7
start x[-1] : n x 1 = [1; 1; 2]
i2[t] = x[t] * i
gate[t] = x[t]
loss sum(t, sum(x[t]))

claim "sizes are numbers":      n + m / 4 - half = -2.5
claim "minus, then power":      -2^2 = -4
claim "power from the right":   2^3^2 = 512
claim "signed power":           2^-1 = 0.5 within 1e-15
claim "power of sizes":         [2, 3]^(n - 1) = [4, 9]
claim "minus from the left":    7 - 2 - 1 = 4
claim "division from the left": 8 / 2 / 2 = 2
claim "products together":      [2, 0; 0, 2] @ [1; 2] * 3 / 2 = [3; 6]
claim "sign before product":    -[1, 2] * -[3, 4] = [3, 8]
claim "plus is no sign":        +3 - +2 = 1
claim "postfix first":          A'^2 = [1, 16; 4, 25; 9, 36]
claim "squares and cubes":      A²  - [1, 1, 1; 1, 1, 1]³ = A * A - 1
claim "transposed square":      A²' = (A * A)ᵀ
claim "signs of products":      A ∘ A ⊙ A = A^3
claim "signs of matmul":        A · A' + A ⋅ A' + A ∙ A' = 3 * A @ A'
claim "pasted signs":           5 − 3 ≤ 2
claim "and back":               5 − 3 ≥ 2
claim "primes":                 A′ = A’
claim "full width":             （A） ＋ ［1， 2， 3； 4， 5， 6］ ＝ 2 ＊ A
claim "sigma":                  σ(A) = sigmoid(A)

claim "rows repeat":            A + r = [2, 2, 2; 5, 5, 5]
claim "columns repeat":         A * [2; 3] = [2, 4, 6; 12, 15, 18]
claim "both repeat":            [1; 2] - [1, 2, 3] = [0, -1, -2; 1, 0, -1]
claim "numbers repeat":         1 - A / 2 = [0.5, 0, -0.5; -1, -1.5, -2]
claim "number over matrix":     6 / [1, 2, 3] = [6, 3, 2]
claim "beside":                 [w, [5; 6]] = [1, 2, 5; 3, 4, 6]
claim "on top":                 [w; 5, 6] = [1, 2; 3, 4; 5, 6]
claim "within each other":      [[1, 2; 3, 4], w; eye(2), zeros(2, 2)] = [1, 2, 1, 2; 3, 4, 3, 4; 1, 0, 0, 0; 0, 1, 0, 0]
claim "parts without columns":  [w, zeros(2, 0)] = w
claim "parts without rows":     [zeros(0, 2); w; ones(0, 2)] = w
claim "one part":               [w] = w

claim "time":                   x[t] - x[t-1] = [1; 2; -1] for t = 2..T
claim "the last step":          x[T] = [T; 2*T; -T]
claim "a start":                x[0] = 7 * ones(n, 1)
claim "an earlier one":         x[1-2] = [1; 1; 2]
claim "an index in an index":   x[2*j-1] = (2*j - 1) * [1; 2; -1] for j = 1..2
claim "the index is a number":  x[t] = t * [1; 2; -1]
claim "an index hides a size":  sum(n, 1..3, n) = 6
claim "and a bare name":        sum(i, 1..T, i * i2[i]) = sum(t, t * i2[t])
claim "but no timed one":       sum(gate, 1..2, gate[gate]) = x[1] + x[2]
claim "all steps":              sum(t, x[t]) = 10 * [1; 2; -1]
claim "a range":                sum(j, 2..3, x[j]) = 5 * [1; 2; -1]
claim "a range of one":         sum(j, t..t, x[j]) = x[t]
claim "numbers add up":         sum(t, t) / T = 2.5
claim "up":                     prod(j, 1..2, w + j) = (w + 1) @ (w + 2)
claim "down":                   prod(j, 2 downto 1, w + j) = (w + 2) @ (w + 1)
claim "factorial":              prod(j, 1..T, j) = 24
claim "nothing to add":         w + sum(j, 1..0, w) = w
claim "nothing to multiply":    prod(j, 1..0, w) @ w = w
claim "nothing, as it is":      prod(j, 1..0, w) = eye(2)
claim "nothing twice":          2 * prod(j, 1..0, w) + w = [3, 2; 3, 6]
claim "ranges in ranges":       sum(j, 1..3, sum(k, 1..j, k)) = 10

claim "element by element":     sigmoid(0) + tanh(0) + relu(-3) + relu(2) + exp(0) + log(1) + sqrt(9) + abs(-4) = 10.5
claim "derivatives":            sigmoid'(0) + tanh'(0) + relu'(2) + exp'(0) + log'(2) + sqrt'(4) + abs'(-4) = 3
claim "kinks":                  relu'(0) + abs'(0) = 0
claim "softplus":               softplus([0, 1000, -1000]) = [log(2), 1000, 0]
claim "its derivative":         softplus'(A - 3) = sigmoid(A - 3)
claim "leaky relu":             leaky_relu([-2, 0, 3], 1/n) = [-2/3, 0, 3]
claim "its derivative, too":    leaky_relu'([-2, 0, 3], 1/n) = [1/3, 1/3, 1]
claim "an entry":               entry(A, 2, n) = 6
claim "clip":                   clip([-2, 0.5, 2], -1, 1) = [-1, 0.5, 1]
claim "clip passes at its ends": clip'([-2, -1, 0, 1, 2], -1, n - 2) = [0, 1, 1, 1, 0]
claim "softmax of rows":        softmax([0, 0; 1, 1]) = 0.5 * ones(2, 2)
claim "softmax of a column":    softmax([1; 1; 1; 1]) = 0.25 * ones(4, 1)
claim "log softmax":            log_softmax(A) = log(softmax(A))
claim "cross entropy":          cross_entropy([1; 2; 3], [0; 1; 0]) = -sum([0; 1; 0] * log(softmax([1; 2; 3])))
claim "mean of squares":        mse(A, 2 * A) = 91 / 6
claim "sums":                   [sum(A), mean(A), norm([3, 4])] = [21, 3.5, 5]
claim "sums of rows":           rowsum(A) = [6; 15]
claim "sums of columns":        colsum(A) = [5, 7, 9]
claim "diagonal":               diag(r) = [1, 0, 0; 0, 0, 0; 0, 0, -1]
claim "diagonal of a column":   diag(x[1]) = [1, 0, 0; 0, 2, 0; 0, 0, -1]
claim "row by row":             vec(A) = [1; 2; 3; 4; 5; 6]
claim "another shape":          reshape(A, n, m / 3) = [1, 2; 3, 4; 5, 6]
claim "rows and columns":       rows(A, 2, 2) - cols(A', 1, 1)' = [3, 3, 3]
claim "columns":                cols(A, n - 1, n) = [2, 3; 5, 6]
claim "constants":              zeros(2, 2) + ones(2, 2) + eye(2) = [2, 1; 1, 2]
claim "stop":                   stop(A) = A
claim "unit":                   unit([3, 4]) = [0.6, 0.8]
claim "unit of nothing":        unit(zeros(2, 1)) = 0
claim "sum to":                 sumto(A, 1, 3) = colsum(A)
