# 003_e0af891a016c387a.txt: basics of RNN; sections 1.2 and 1.3, the forward pass with U from state to state.
#
# Columns: x_t in R^M, h_t in R^D, y_t in R^N; U D x D, W D x M, V N x D. f is tanh, g softmax. Section 1.4 exchanges
# the letters U and W and is in 003-2-backward.gf. The targets, which 1.3 has no letter for, are r_t.
#
# Found: all of it holds.
#
# Not expressible: none.

title "003: RNN, forward"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given r[t] : N x 1 ~ onehot
param U : D x D
param W : D x M
param V : N x D
param b : D x 1
param c : N x 1
start h[0] : D x 1 = 0

h[t] = tanh(U @ h[t-1] + W @ x[t] + b)
o[t] = V @ h[t] + c
y[t] = softmax(o[t])
L[t] = cross_entropy(o[t], r[t])

loss sum(t, L[t])

# h_t = f(h_{t-1}, x_t), h_0 = 0: what lies before h_{t-1} and x_t reaches h_t through h_{t-1} only
claim "003-01 h_t depends on h_{t-1}, x_t": [norm(jacobian(h[t], h[t-1])), norm(jacobian(h[t], x[t]))] > 0
claim "003-01 h_t depends on nothing else": jacobian(h[t], h[j] | h[t-1]) = 0  for j = 0..t-2
claim "003-01 h_0": h[0] = 0

# h_t = f(U h_{t-1} + W x_t + b), y_t = g(V h_t + c)
claim "003-03 1st equation": h[t] = tanh(U @ h[t-1] + W @ x[t] + b)
claim "003-03 2nd equation": y[t] = softmax(V @ h[t] + c)

# g(·) 也是激活函数，如 softmax 或 purlin 函数: g is e.g. softmax, which gives probabilities, or purelin, the identity
claim "003-04 softmax, in (0, 1)": 0 < y[t] < 1
claim "003-04 softmax, sum 1": sum(y[t]) = 1
claim "003-04 purelin, y_t = V h_t + c": jacobian(o[t], h[t]) = V
