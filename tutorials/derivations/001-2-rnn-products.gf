# 001_77a63154e1e7bb72.txt: what becomes of the product of the diag[f'(z_i)] W; its theory part and the two remedies.
#
# Columns. Seven recurrences over the same inputs, small enough that tanh stays near its steepest (f' near 1): W = A
# with entries in (0,1), W = B with entries in (1.2,1.5), W = Q orthogonal, W = O with entries 1, W = H with entries
# 1e200, and W = N and W = E with a single entry, 10 and 1, in a corner: their norms are 10 and 1, their squares 0.
#
# Found: "the value of W" can be its entries or its norm, and no statement holds in both readings. Entries in (0,1) do
# not make the product vanish, a norm below 1 does (001-03); entries above 1 make it grow, a norm above 1 need not
# (001-04); entries near 1 make it grow, and a norm near 1 does not keep it from vanishing: all singular values have to
# be near 1, as those of an orthogonal matrix are (001-07).
#
# Not expressible: none.

title "001: products of Jacobians"

steps T = 5
size  ni = 2, nh = 4, m = 3           # inputs, hidden units, classes
seed  1

input x[t] : ni x 1 ~ normal(0, 1e-6)
given y[t] : m x 1 ~ onehot
given u : 1 x 9 = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]
param A : nh x nh ~ uniform(0, 1)
param B : nh x nh ~ uniform(1.2, 1.5)
param Q : nh x nh ~ orthogonal(1)
param O : nh x nh = 1
param N : nh x nh = 10 * cols(eye(nh), 1, 1) @ rows(eye(nh), nh, nh)
param E : nh x nh = cols(eye(nh), 1, 1) @ rows(eye(nh), nh, nh)
param H : nh x nh = 1e200
param U : nh x ni
param V : m x nh
start ha[0] : nh x 1 = 0
start hb[0] : nh x 1 = 0
start hq[0] : nh x 1 = 0
start ho[0] : nh x 1 = 0
start hn[0] : nh x 1 = 0
start he[0] : nh x 1 = 0
start hh[0] : nh x 1 = 0

za[t] = A @ ha[t-1] + U @ x[t]
ha[t] = tanh(za[t])
zb[t] = B @ hb[t-1] + U @ x[t]
hb[t] = tanh(zb[t])
zq[t] = Q @ hq[t-1] + U @ x[t]
hq[t] = tanh(zq[t])
zo[t] = O @ ho[t-1] + U @ x[t]
ho[t] = tanh(zo[t])
zn[t] = N @ hn[t-1] + U @ x[t]
hn[t] = tanh(zn[t])
ze[t] = E @ he[t-1] + U @ x[t]
he[t] = tanh(ze[t])
zh[t] = H @ hh[t-1]
hh[t] = tanh(zh[t])

loss cross_entropy(V @ ha[T], y[T]) + cross_entropy(V @ hb[T], y[T]) + cross_entropy(V @ hq[T], y[T])

# 如果 W 的值在 (0,1) 的范围内，则随着 t 的增大，连乘项会越来越趋近于 0: said of the entries of W
claim "001-03 entries of W in (0, 1), the case": 0 < A < 1
claim "001-03 entries of W in (0, 1)": norm2(prod(i, T downto t+1, diag(tanh'(za[i])) @ A)) <= 1  for t = 1..T-1
# nh entries add up in each product: a norm of W below 1 is enough for it to vanish.
claim "001-03 corrected":
      norm2(prod(i, T downto t+1, diag(tanh'(za[i])) @ A)) <= norm2(A)^(T-t) * (1 + 1e-12)  for t = 1..T-1

# 如果 W 的值很大，使得 diag[f'(z_i)]W 的值大于 1，则 ... 连乘项的值会呈指数增长，并趋向于无穷
claim "001-04 entries above 1, the case": diag(tanh'(zb[t])) @ B > 1
claim "001-04 entries above 1, exponential growth":
      min(prod(i, T downto t+1, diag(tanh'(zb[i])) @ B)) >= 1.1^(T-t)  for t = 1..T-1
claim "001-04 norm above 1, the case": norm2(diag(tanh'(zn[t])) @ N) > 1
claim "001-04 norm above 1, exponential growth":
      norm2(prod(i, T downto t+1, diag(tanh'(zn[i])) @ N)) >= 1.1^(T-t)  for t = 1..T-1
# A norm above 1 makes nothing grow by itself: N has norm 10, and N N = 0. Of entries that are all above 1 the least one
# of the product is no less than the product of the least ones.
claim "001-04 corrected":
      min(prod(i, T downto t+1, diag(tanh'(zb[i])) @ B)) >= prod(i, t+1..T, min(diag(tanh'(zb[i])) @ B))  for t = 1..T-1
claim "001-04 corrected, what norm 10 comes to": prod(i, t+2 downto t+1, diag(tanh'(zn[i])) @ N) = 0  for t = 1..T-2

# 最坏情况还会产生溢出 (NaN) 错误: in the worst case the gradient overflows to NaN. With H every state is 0, so the
# gradient of H is infinity times 0: neither a number, which clip' would let pass, nor infinity, which is above 0.
claim "001-05 overflow to infinity": max(abs(grad(hh[1], sum(hh[T])))) > 1e308
claim "001-05 overflow to NaN": clip'(grad(H, sum(hh[T])), -1e308, 1e308) = relu'(abs(grad(H, sum(hh[T])))) = 0

# ReLU 函数在定义域大于 0 的部分，导数恒等于 1
claim "001-06 relu' = 1 above 0": relu'(exp(u)) = ones(1, 9)

# 合理初始化权重 W，使 diag[f'(z_i)]W 的值尽量趋近于 1，避免梯度消失和梯度爆炸
claim "001-07 singular values near 1":
      0.999 <= norm2(prod(i, T downto t+1, diag(tanh'(zq[i])) @ Q)) <= 1.001  for t = 1..T-1
claim "001-07 norm near 1, the case": 0.999 <= norm2(diag(tanh'(ze[t])) @ E) <= 1.001
claim "001-07 norm near 1":
      0.999 <= norm2(prod(i, T downto t+1, diag(tanh'(ze[i])) @ E)) <= 1.001  for t = 1..T-1
claim "001-07 entries near 1, the case": 0.999 <= diag(tanh'(zo[t])) @ O <= 1.001
claim "001-07 entries near 1":
      0.999 <= norm2(prod(i, T downto t+1, diag(tanh'(zo[i])) @ O)) <= 1.001  for t = 1..T-1
# An orthogonal W keeps every length: what the slopes take is all that is lost.
claim "001-07 corrected":
      prod(i, t+1..T, min(tanh'(zq[i]))) <= norm2(prod(i, T downto t+1, diag(tanh'(zq[i])) @ Q)) <=
      1  for t = 1..T-1  within 1e-9
