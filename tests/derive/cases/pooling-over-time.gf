# pooling over time, and keys in one matrix
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
given y : k x 1 ~ onehot
param W : m x n
param U : m x m
param q : m x 1
param V : k x m
start h[0] : m x 1 = 0
h[t] = tanh(W @ x[t] + U @ h[t-1])
H = hcat(t, h[t])
a = softmax(H' @ q)
R = vcat(j, T downto 2, h[j]')
p = max(t, h[t])
o = V @ (H @ a + p + R' @ R @ q)
loss cross_entropy(o, y)
