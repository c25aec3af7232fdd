title "Attention with queries, keys and values"
steps T = 5
size n = 3, m = 4
input x[t] : n x 1
given y : 2 x 1 ~ onehot
param W : m x m
param U : m x n
param q : m x 1
param K : m x m
param Vv : m x m
param O : 2 x m
start h[0] : m x 1 = 0
h[t] = tanh(W @ h[t-1] + U @ x[t])
k[t] = K @ h[t]
v[t] = Vv @ h[t]
s[t] = exp(q' @ k[t])
Z = sum(t, s[t])
a[t] = s[t] / Z
c = sum(t, a[t] * v[t])
loss cross_entropy(O @ c, y)
