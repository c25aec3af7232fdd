# Attention over all states so far, the start included, which each state reads; the largest of them; and all in one matrix.
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : m x n
param U : m x m
param C : m x m
param A : m x m
param v : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(W @ x[t] + U @ h[t-1] + C @ c[t])
c[t] = hcat(j, 0..t-1, h[j]) @ softmax(hcat(j, 0..t-1, v' @ tanh(A @ h[j] + U @ h[t-1])))'
p[t] = max(j, 1..t, h[j])
L[t] = cross_entropy(V @ (c[t] + p[t]), y[t])
loss sum(t, L[t]) + sum(vcat(t, h[t]) * vcat(t, c[t])) + norm(hcat(t, h[t]))
