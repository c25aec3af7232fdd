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
# says: the sign is wrong
claim y[t] - p[t] = grad(z[t])
# says: the sign is wrong
claim grad(d) = 2 * sum(t, p[t] - y[t])
# says: a factor 2 is too much
claim 2 * sum(t, p[t] - y[t]) = grad(d)
# says: a factor 2 is too much
claim grad(d) = sum(t, p[t] - y[t]) / T
# says: a factor 1/T is too much
claim grad(d) / T = sum(t, p[t] - y[t])
# says: a factor 1/T is missing
claim grad(b) = -3 * sum(t, da[t])
# says: a factor -3 is too much
claim grad(b) = 12 * sum(t, da[t])
# says: a factor 12 is too much
claim sum(t, sum(i, 1..T, sum(j, 1..T, t))) = 1
claim grad(a[t]) = 0.3678794411714423 * da[t]
# says: a factor 0.3678794411714423 is too much
claim V @ h[t] + d = -z[t]
# says: the sign is wrong

# --- transposes and products -------------------------------------------------------------------------

claim grad(U) = sum(t, h[t-1] @ da[t]')
# says: the path U -> a[t]: h[t-1] @ da[t]' stands where da[t] @ h[t-1]' belongs
claim sum(t, h[t-1] @ da[t]') = grad(U)
# says: the path U -> a[t]: h[t-1] @ da[t]' stands where da[t] @ h[t-1]' belongs
claim grad(W) = sum(t, x[t] @ da[t]')
# says: the path W -> a[t]: x[t] @ da[t]' stands where da[t] @ x[t]' belongs
claim grad(U) = -sum(t, h[t-1] @ da[t]')
# says: the path U -> a[t]: h[t-1] @ da[t]' stands where da[t] @ h[t-1]' belongs
claim grad(U) = sum(t, da[t]' @ h[t-1])
# says: the path U -> a[t]: da[t]' @ h[t-1] stands where da[t] @ h[t-1]' belongs
claim jacobian(h[t], h[t-1]) = U @ diag(1 - h[t]^2)
# says: the path h[t-1] -> a[t] -> h[t]: U @ diag(1 - h[t]^2) stands where diag(1 - h[t]^2) @ U belongs
claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ U'
# says: the path h[t-1] -> a[t] -> h[t]: U' stands where U belongs
claim jacobian(h[t], h[j]) = prod(s, j+1..t, jacobian(h[s], h[s-1]))  for j = 1..t-1
# says: the product is the other way round
claim jacobian(h[t], a[t]) = 1 - h[t]^2
# says: the path a[t] -> h[t]: 1 - h[t]^2 stands where diag(1 - h[t]^2) belongs

# --- sums left out ---------------------------------------------------------------------------------------

claim grad(d) = p[t] - y[t]
# says: the path d -> z[t] -> L[t]: a sum over time is missing
claim grad(U) = da[t] @ h[t-1]'
# says: the path U -> a[t]: a sum over time is missing
claim grad(U) = h[t-1] @ da[t]'
# says: the path U -> a[t]: h[t-1] @ da[t]' stands where sum(t, da[t] @ h[t-1]') belongs
claim grad(U) = da[T] @ h[T-1]'
# says: the path U -> a[t]: da[T] @ h[T-1]' stands where sum(t, da[t] @ h[t-1]') belongs
claim grad(W) = sum(t, 2..T, da[t] @ x[t]')
# says: the path W -> a[t]: sum(t, 2..T, da[t] @ x[t]') stands where sum(t, da[t] @ x[t]') belongs
claim grad(U[t]) = sum(t, da[t] @ h[t-1]')
# says: the path U -> a[t]: sum(t, da[t] @ h[t-1]') stands where da[t] @ h[t-1]' belongs

# --- paths, in the line itself --------------------------------------------------------------------------------

claim grad(h[t]) = V' @ grad(z[t])
# says: the path h[t] -> a[t+1] is missing
claim grad(h[t]) = U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
# says: the path h[t] -> z[t] -> L[t] is missing
claim grad(h[t]) = V' @ grad(z[t]) + 2 * U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
# says: the path h[t] -> a[t+1] is counted twice
claim V' @ grad(z[t]) - U' @ (grad(h[t+1]) * (1 - h[t+1]^2)) = grad(h[t])
# says: the sign of the path h[t] -> a[t+1] is wrong
claim grad(h[t]) = V' @ grad(z[t]) / 3 + U' @ (grad(h[t+1]) * (1 - h[t+1]^2))
# says: the path h[t] -> z[t]: a factor 1/3 is too much
claim grad(h[t]) = V' @ grad(z[t]) + U' @ (grad(h[t+1]) * (1 - h[t]^2))
# says: the path h[t] -> a[t+1]: h[t] stands where h[t+1] belongs
claim -grad(h[t])' = -(V' @ grad(z[t]))'
# says: the path h[t] -> a[t+1] is missing
claim grad(h[t], L[T]) = 2 * U' @ (grad(h[t+1], L[T]) * (1 - h[t+1]^2))  for t = 1..T-1
# says: a factor 2 is too much
claim grad(h[T], sum(h[T]) + L[T]) = V' @ grad(z[T])
claim grad(b) = 0
# says: the path b -> a[t] is missing

# --- paths, in a line that is used -----------------------------------------------------------------------------

let one[t]  = (V' @ (p[t] - y[t])) * (1 - h[t]^2)
# says: the path a[t] -> h[t] -> a[t+1] is missing
let two[t]  = (V' @ (p[t] - y[t]) + 2 * U' @ two[t+1]) * (1 - h[t]^2)
# says: the path a[t] -> h[t] -> a[t+1] is counted twice
let less[t] = (V' @ (p[t] - y[t]) - U' @ less[t+1]) * (1 - h[t]^2)
# says: the sign of the path a[t] -> h[t] -> a[t+1] is wrong

claim grad(a[t]) = one[t]
# says: because of one
claim da[t] = one[t]
# says: because of one
claim grad(U) = sum(t, one[t] @ h[t-1]')
# says: because of one
claim grad(b) = one[t]
# says: the path b -> a[t]: a sum over time is missing
claim grad(W) = sum(t, x[t] @ one[t]')
# says: the path W -> a[t]: x[t] @ one[t]' stands where one[t] @ x[t]' belongs
claim grad(a[t]) = two[t]
# says: because of two
claim grad(b) = sum(t, two[t])
# says: because of two
claim grad(a[t]) = less[t]
# says: because of less
claim da[t] = grad(a[t]) = less[t]
# says: because of less

claim grad(a[t]) = da[t] = less[t]
# says: because of less
claim less[t] = da[t] = grad(a[t])
# says: because of less
claim grad(a[t]) = less[t] = da[t]
# says: because of less
claim grad(W) = sum(t, x[t] @ (da[t] + 1)')
# says: the path W -> a[t]: x[t] @ (da[t] + 1)' stands where da[t] @ x[t]' belongs

# --- beyond the ends ------------------------------------------------------------------------------------------------

claim jacobian(h[t+1], h[t]) = diag(1 - h[t+1]^2) @ U
claim jacobian(h[t+2], h[t]) = diag(1 - h[t+2]^2) @ U @ diag(1 - h[t+1]^2) @ U  for t = 1..T
claim x[t-1] = x[t-1] + 1 - sum(x[t-1]^2) / sum(x[t-1]^2 + zeros(n, 1)) * ones(n, 1)  for t = 2..T
claim h[t] + 0 * h[t-2] - tanh(a[t]) + 1 = ones(m, 1) * norm(unit(x[t-1]))

# --- nothing can be told ----------------------------------------------------------------------------------------------

claim grad(h[t]) = V' @ grad(z[t]) + U' @ grad(h[t+1]) * h[t] + 1
# says: the path h[t] -> a[t+1]: U' @ grad(h[t+1]) * h[t] stands where U' @ da[t+1] belongs
# says: the term 1 is too much
claim grad(d) = sum(t, p[t] - y[t]) + 1
# says: the term 1 is too much
claim grad(h[t]) >= 0
# says: the greatest bound seen is -1.17444
claim grad(h[t]) = 0 * x[1] @ ones(1, m) @ h[t] / 0
# says: the path h[t] -> a[t+1]: 0 * x[1] @ ones(1, m) @ h[t] / 0 stands where U' @ da[t+1] belongs
# says: the path h[t] -> z[t] -> L[t] is missing
claim grad(h[t]) = h[t] / 0
# says: the path h[t] -> a[t+1]: h[t] / 0 stands where U' @ da[t+1] belongs
# says: the path h[t] -> z[t] -> L[t] is missing

# --- bounds ------------------------------------------------------------------------------------------------------------

claim [2; 1] <= 1
# says: the least bound seen is 2
claim [1.2345612; 1] <= 1
# says: the least bound seen is 1.23457
claim 1.5 >= [2; 1]
# says: the least bound seen is 2
claim [2; 1] > 1
claim 3 < [2; 1]
# says: the greatest bound seen is 1
claim [2; 1] < [1; 2]
claim [2; 1] >= 1
