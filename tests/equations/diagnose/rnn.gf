# A vanilla RNN with mistakes: under each claim that does not hold stands what the diagnosis says of it.

title "Vanilla RNN, column vectors, with mistakes"

steps T = 5
size  n = 3, m = 4, k = 2
seed  7

input x[t] : n x 1
input y[t] : k x 1 ~ onehot
param U : m x m ~ normal(0, 0.5)
param W : m x n
param V : k x m
param b : m x 1
param d : k x 1
start h[0] : m x 1 = 0

a[t] = U @ h[t-1] + W @ x[t] + b
h[t] = tanh(a[t])
z[t] = V @ h[t] + d
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

let p[t]  = softmax(z[t])
let da[t] = (V' @ (p[t] - y[t]) + U' @ da[t+1]) * (1 - h[t]^2)

# --- true: nothing is said -----------------------------------------------------------------------

claim grad(d) = sum(t, p[t] - y[t])
claim grad(h[t]) = V' @ grad(z[t]) + U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
claim grad(U) = sum(t, da[t] @ h[t-1]')
claim grad(W) = sum(t, da[t] @ x[t]')
claim da[t] = grad(a[t])
claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ U
claim jacobian(h[t], h[j]) = prod(s, t downto j+1, jacobian(h[s], h[s-1]))  for j = 1..t-1
claim grad(h[T+1]) = 0

# --- signs and factors ----------------------------------------------------------------------------

claim grad(z[t]) = y[t] - p[t]
# diagnosis: the sign is flipped
claim y[t] - p[t] = grad(z[t])
# diagnosis: the sign is flipped
claim grad(d) = 2 * sum(t, p[t] - y[t])
# diagnosis: the left side is 1/2 times the right side
claim 2 * sum(t, p[t] - y[t]) = grad(d)
# diagnosis: the left side is 2 times the right side
claim grad(d) = sum(t, p[t] - y[t]) / T
# diagnosis: the left side is 5 (= T) times the right side
claim grad(d) / T = sum(t, p[t] - y[t])
# diagnosis: the left side is 1/5 (= 1/T) times the right side
claim grad(b) = -3 * sum(t, da[t])
# diagnosis: the left side is -1/3 (= -1/n) times the right side
claim grad(b) = 12 * sum(t, da[t])
# diagnosis: the left side is 1/12 (= 1/(n*m)) times the right side
claim grad(a[t]) = 0.3678794411714423 * da[t]
# diagnosis: the left side is 2.71828 times the right side
claim V @ h[t] + d = -z[t]
# diagnosis: the sign is flipped

# --- transposes and products -------------------------------------------------------------------------

claim grad(U) = sum(t, h[t-1] @ da[t]')
# diagnosis: the right side is the transpose
claim sum(t, h[t-1] @ da[t]') = grad(U)
# diagnosis: the left side is the transpose
claim grad(W) = sum(t, x[t] @ da[t]')
# diagnosis: the right side is the transpose
claim grad(U) = -sum(t, h[t-1] @ da[t]')
# diagnosis: the left side is minus (-sum(t, h[t-1] @ da[t]'))'
claim grad(U) = sum(t, da[t]' @ h[t-1])
# diagnosis: the product da[t]' @ h[t-1] should be da[t] @ h[t-1]'
claim jacobian(h[t], h[t-1]) = U @ diag(1 - h[t]^2)
# diagnosis: the product U @ diag(1 - h[t]^2) is the other way round: diag(1 - h[t]^2) @ U
claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ U'
# diagnosis: the product diag(1 - h[t]^2) @ U' should be diag(1 - h[t]^2) @ U
claim jacobian(h[t], h[j]) = prod(s, j+1..t, jacobian(h[s], h[s-1]))  for j = 1..t-1
# diagnosis: the product prod(s, j+1..t, jacobian(h[s], h[s-1])) is the other way round: prod(s, t downto j+1, jacobian(h[s], h[s-1]))
claim jacobian(h[t], a[t]) = 1 - h[t]^2
# diagnosis: a diagonal matrix is missing: diag(1 - h[t]^2)

# --- sums left out ---------------------------------------------------------------------------------------

claim grad(d) = p[t] - y[t]
# diagnosis: a sum over time is missing: sum(t, p[t] - y[t])
claim grad(U) = da[t] @ h[t-1]'
# diagnosis: a sum over time is missing: sum(t, da[t] @ h[t-1]')
claim grad(U) = h[t-1] @ da[t]'
# diagnosis: a sum over time is missing: sum(t, (h[t-1] @ da[t]')')
claim grad(U) = da[T] @ h[T-1]'
# diagnosis: only the use of U at t = T is counted: a sum over time is missing
claim grad(W) = sum(t, 2..T, da[t] @ x[t]')
# diagnosis: the use of W at t = 1 is missing
claim grad(U[t]) = sum(t, da[t] @ h[t-1]')
# diagnosis: the right side is summed over time, the left side is that of one step

# --- paths, in the line itself --------------------------------------------------------------------------------

claim grad(h[t]) = V' @ grad(z[t])
# diagnosis: the path h[t] -> a[t+1] is missing
# diagnosis: right at t = T only: the recursion is missing
claim grad(h[t]) = U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
# diagnosis: the path h[t] -> z[t] is missing
claim grad(h[t]) = V' @ grad(z[t]) + 2 * U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
# diagnosis: the path h[t] -> a[t+1] is counted twice
claim V' @ grad(z[t]) - U' @ (grad(h[t+1]) * (1 - h[t+1]^2)) = grad(h[t])
# diagnosis: the path h[t] -> a[t+1] has the wrong sign
claim grad(h[t]) = V' @ grad(z[t]) / 3 + U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
# diagnosis: the path h[t] -> z[t] is counted 1/3 (= 1/n) times
claim grad(h[t]) = V' @ grad(z[t]) + U' @ (grad(h[t+1]) * (1 - h[t]^2))
# diagnosis: right at t = T only: what comes from step t+1 is wrong
claim -grad(h[t])' = -(V' @ grad(z[t]))'
# diagnosis: the path h[t] -> a[t+1] is missing
# diagnosis: right at t = T only: the recursion is missing
claim grad(h[t], L[T]) = 2 * U' @ (grad(h[t+1], L[T]) * (1 - h[t+1]^2))  for t = 1..T-1
# diagnosis: the left side is 1/2 times the right side
claim grad(h[T], sum(h[T]) + L[T]) = V' @ grad(z[T])
# diagnosis: the path h[T] -> sum(h[T]) + L[T] is missing
claim grad(b) = 0
# diagnosis: the path b -> a[t] is missing

# --- paths, in a line that is used -----------------------------------------------------------------------------

let one[t]  = (V' @ (p[t] - y[t])) * (1 - h[t]^2)
let two[t]  = (V' @ (p[t] - y[t]) + 2 * U' @ two[t+1]) * (1 - h[t]^2)
let less[t] = (V' @ (p[t] - y[t]) - U' @ less[t+1]) * (1 - h[t]^2)

claim grad(a[t]) = one[t]
# diagnosis: the path h[t] -> a[t+1] is missing
# diagnosis: right at t = T only: the recursion is missing
claim da[t] = one[t]
# diagnosis: right at t = T only: what comes from step t+1 is missing or wrong
claim grad(U) = sum(t, one[t] @ h[t-1]')
# diagnosis: the path h[t] -> a[t+1] is missing
claim grad(b) = one[t]
# diagnosis: a sum over time is missing: sum(t, one[t])
# diagnosis: the path h[t] -> a[t+1] is missing
claim grad(W) = sum(t, x[t] @ one[t]')
# diagnosis: the right side is the transpose
# diagnosis: the path h[t] -> a[t+1] is missing
claim grad(a[t]) = two[t]
# diagnosis: the path h[t] -> a[t+1] is counted twice
claim grad(b) = sum(t, two[t])
# diagnosis: the path h[t] -> a[t+1] is counted twice
claim grad(a[t]) = less[t]
# diagnosis: the path h[t] -> a[t+1] has the wrong sign
claim da[t] = grad(a[t]) = less[t]
# diagnosis: grad(a[t]) = less[t]: the path h[t] -> a[t+1] has the wrong sign

claim grad(a[t]) = da[t] = less[t]
# diagnosis: da[t] = less[t]: the path h[t] -> a[t+1] has the wrong sign
claim less[t] = da[t] = grad(a[t])
# diagnosis: less[t] = da[t]: the path h[t] -> a[t+1] has the wrong sign
claim grad(a[t]) = less[t] = da[t]
# diagnosis: grad(a[t]) = less[t]: the path h[t] -> a[t+1] has the wrong sign
claim grad(W) = sum(t, x[t] @ (da[t] + 1)')
# diagnosis: each shape is the transpose of the other, but the numbers differ as well

# --- beyond the ends ------------------------------------------------------------------------------------------------

claim jacobian(h[t+1], h[t]) = diag(1 - h[t+1]^2) @ U
# diagnosis: wrong only where an index is beyond the ends: add `for t = 1..T-1`
claim jacobian(h[t+2], h[t]) = diag(1 - h[t+2]^2) @ U @ diag(1 - h[t+1]^2) @ U  for t = 1..T
# diagnosis: wrong only where an index is beyond the ends: write `for t = 1..T-2`
claim x[t-1] = x[t-1] + 1 - sum(x[t-1]^2) / sum(x[t-1]^2 + zeros(n, 1)) * ones(n, 1)  for t = 2..T
claim h[t] + 0 * h[t-2] - tanh(a[t]) + 1 = ones(m, 1) * norm(unit(x[t-1]))
# diagnosis: wrong only where an index is beyond the ends: add `for t = 2..T`

# --- nothing can be told ----------------------------------------------------------------------------------------------

claim grad(h[t]) = V' @ grad(z[t]) + U' @ grad(h[t+1]) * h[t] + 1
claim grad(d) = sum(t, p[t] - y[t]) + 1
claim grad(h[t]) >= 0
claim grad(h[t]) = 0 * x[1] @ ones(1, m) @ h[t] / 0
claim grad(h[t]) = h[t] / 0
