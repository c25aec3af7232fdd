steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
input y[t] : k x 1
param U : m x n
param W : m x m
param A : m x m
param V : k x m
start h[0] : m x 1 = 0
start q[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
Z[t] = sum(j, 1..T, exp(q[t-1]' @ A @ h[j]))
ctx[t] = sum(j, 1..T, exp(q[t-1]' @ A @ h[j]) / Z[t] * h[j])
q[t] = tanh(ctx[t] + W @ q[t-1])
loss sum(t, mse(V @ q[t], y[t]))
H = [h[1], h[2], h[3], h[4]]
e[t] = H' @ A' @ q[t-1]
al[t] = softmax(e[t])
c2[t] = H @ al[t]
