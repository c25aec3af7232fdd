title "seq2seq with attention"
steps T = 4
size n = 3, m = 4, k = 5
input x[t] : 1 x n
input u[t] : 1 x k
given y[t] : 1 x k ~ onehot
param U, W, A : m x m
param E : n x m
param F : k x m
param V : 2*m x k
start h[0] : 1 x m = 0
start s[0] = h[T]
h[t] = tanh(x[t] @ E + h[t-1] @ W)
s[t] = tanh(u[t] @ F + s[t-1] @ U)
H = [h[1]; h[2]; h[3]; h[4]]
a[t] = softmax(s[t] @ A @ H')
c[t] = a[t] @ H
z[t] = [c[t], s[t]] @ V
loss sum(t, cross_entropy(z[t], y[t])) / T
