# Two directions of time, a truncated one among them; a loss at one step; uses of one weight in several equations.

steps T = 6
size  n = 3, m = 4, k = 2
seed  5

input x[t] : 1 x n
input y : 1 x k ~ onehot
param U, Ub : n x m
param W : m x m             # both directions have the same
param b : 1 x m
param V : m x k
param r0 : 1 x m            # the trained beginning of the backward direction
start h[0] : 1 x m = 0
start r[T+1] = tanh(r0)

a[t] = x[t] @ U + h[t-1] @ W + b
h[t] = tanh(a[t])
e[t] = x[t] @ Ub + r[t+1] @ W + b
r[t] = tanh(e[t])
s    = (h[T] + r[1]) @ V
n2[t] = h[t] * r[t] @ ones(m, 1)

loss cross_entropy(s, y) + sum(t, n2[t]) / 4

let ds = softmax(s) - y

# --- true -----------------------------------------------------------------------------------------

let da[t] = (dh[t] + zeros(1, m)) * (1 - h[t]^2)
let dh[t] = r[t] / 4 + da[t+1] @ W'
let dh[T] = r[T] / 4 + ds @ V'
let de[t] = dr[t] * (1 - r[t]^2)
let dr[t] = h[t] / 4 + de[t-1] @ W'
let dr[1] = h[1] / 4 + ds @ V'

claim grad(s) = ds
claim grad(h[t]) = dh[t]
claim grad(r[t]) = dr[t]
claim grad(r0) = de[T] @ W' * (1 - r[T+1]^2)
claim grad(W) = sum(t, h[t-1]' @ da[t]) + sum(t, r[t+1]' @ de[t])

# --- against time -------------------------------------------------------------------------------------

claim grad(r[t]) = h[t] / 4  for t = 2..T
# says: the path r[t] -> e[t-1] is missing
claim grad(e[t]) = grad(r[t]) * (1 - r[t]^2) - grad(e[t-1])
# says: the term grad(e[t-1]) is too much
claim grad(r[t]) = grad(e[t-1]) @ W'
# says: the path r[1] -> s is missing
# says: the path r[t] -> n2[t] is missing
claim grad(r[t]) = dr[t] - h[t] / 4 * 2
# says: the term h[t] / 4 * 2 is too much
claim jacobian(r[t], r[t+1]) = diag(1 - r[t]^2) @ W
# says: the path r[t+1] -> e[t] -> r[t]: W stands where W' belongs
claim jacobian(r[t], r[j]) = 2 * prod(q, t..j-1, jacobian(r[q], r[q+1]))  for j = t+1..T
# says: a factor 2 is too much
claim grad(r[t]) = 1/4 * h[t]  for t = 1..T
# says: the path r[1] -> s is missing
# says: the path r[t] -> e[t-1] is missing
claim grad(r[T+1]) = de[T] @ W' * 3
# says: a factor 3 is too much

# --- one direction forgotten ---------------------------------------------------------------------------------

claim grad(W) = sum(t, h[t-1]' @ da[t])
# says: the path W -> e[t] is missing
claim grad(W) = sum(t, r[t+1]' @ de[t])
# says: the path W -> a[t] is missing
claim grad(b) = 2 * sum(t, da[t]) + sum(t, de[t])
# says: the path b -> a[t] is counted twice
claim grad(b) = sum(t, da[t]) - sum(t, de[t])
# says: the sign of the path b -> e[t] is wrong
claim grad(b) = sum(t, da[t]) + de[1]
# says: the path b -> e[t]: de[1] stands where sum(t, de[t]) belongs
claim grad(V) = h[T]' @ ds
# says: the path V -> s: h[T] stands where h[T] + r[1] belongs
claim grad(V) = ds' @ (h[T] + r[1])
# says: the path V -> s: ds' @ (h[T] + r[1]) stands where (h[T] + r[1])' @ ds belongs
claim grad(h[T]) = r[T] / 4
# says: the path h[T] -> s is missing
claim grad(x[t]) = da[t] @ U'
# says: the path x[t] -> e[t] is missing
claim grad(x[t], cross_entropy(s, y)) = grad(x[t])
# says: this is the derivative with n2 held
claim grad(r0) = 0
# says: the path r0 -> r[T+1] -> e[T] is missing
claim ds = 0
