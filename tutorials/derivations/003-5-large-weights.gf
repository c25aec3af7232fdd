# 003_e0af891a016c387a.txt: 1.5 and 1.6, what "WT < 1" and "W tanh(h) > 1" do to the product.
#
# Columns. Three recurrences: h and k with small inputs, so that tanh' is near 1, over weights with entries just below
# 1 (A) and over 3 times an orthogonal matrix (W); r over 3 I (R) with a bias that drives every unit into saturation.
#
# Found: entries of WT below 1 do not make the product vanish, a norm below 1 does (003-2-backward.gf); with tanh' in
# place of the printed tanh, and its smallest gain in place of "大于 1", 1.6 is right; as printed it fails where units
# are saturated.
#
# Not expressible: none.

title "003: RNN, large weights"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1 ~ normal(0, 1e-5)
given y[t] : N x 1 ~ onehot
param A : D x D ~ uniform(0.7, 0.9)
param W : D x D ~ orthogonal(3)
param R : D x D = 3 * eye(D)
param U : D x M
param V : N x D
start h[0] : D x 1 = 0
start k[0] : D x 1 = 0
start r[0] : D x 1 = 0

ah[t] = A @ h[t-1] + U @ x[t]
h[t] = tanh(ah[t])
ak[t] = W @ k[t-1] + U @ x[t]
k[t] = tanh(ak[t])
ar[t] = R @ r[t-1] + U @ x[t] + 2
r[t] = tanh(ar[t])

loss sum(t, cross_entropy(V @ h[t], y[t]) + cross_entropy(V @ k[t], y[t]) + cross_entropy(V @ r[t], y[t]))

# 若 W^T 的取值较小导致 WT = W^T tanh'(h) < 1，多项连乘会导致最终的值趋近于 0
claim "003-55 entries of WT below 1, the case": A' @ diag(tanh'(ah[t])) < 1
claim "003-55 entries of WT below 1": norm2(prod(s, t..T, A' @ diag(tanh'(ah[s])))) < 1
# D entries add up in each product: it is the norm of WT that counts.
claim "003-55 corrected":
      norm2(prod(s, t..T, A' @ diag(tanh'(ah[s])))) <= prod(s, t..T, norm2(A' @ diag(tanh'(ah[s])))) * (1 + 1e-12)

# 若 W^T 的取值较大，导致 W tanh(h) 的值大于 1，那么连乘的每一项均大于 1，就会导致梯度爆炸
claim "003-58 W tanh'(a) above 1 in every direction, the case": 3 * min(tanh'(ak[t])) > 1
claim "003-58 the product explodes": norm2(prod(s, t..T, W' @ diag(tanh'(ak[s])))) >= 2.9^(T-t+1)
claim "003-58 W tanh(h) above 1, the case": R @ tanh(r[t]) > 1
claim "003-58 W tanh(h) above 1, the product explodes": norm2(prod(s, t..T, R' @ diag(tanh'(ar[s])))) > 1
# The factors have tanh', which is small where tanh is large: each is at least 3 times the smallest slope.
claim "003-58 corrected": norm2(prod(s, t..T, R' @ diag(tanh'(ar[s])))) >= prod(s, t..T, 3 * min(tanh'(ar[s])))
