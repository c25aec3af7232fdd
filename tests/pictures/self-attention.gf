title "Self-attention: each step attends to itself and all before it"
steps T = 5
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
param Q, K, W : n x m
param V : m x k
q[t] = x[t] @ Q
l[t] = x[t] @ K
v[t] = x[t] @ W
Z[t] = sum(j, 1..t, exp(q[t] @ l[j]'))
C[t] = sum(j, 1..t, exp(q[t] @ l[j]') * v[j]) / Z[t]
z[t] = C[t] @ V
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])
