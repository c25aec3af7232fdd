# What people paste from NumPy and PyTorch.
steps T = 3
size  n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h[t] = np.tanh(np.dot(U, x[t]) + W.dot(h[t-1]))
a[t] = torch.relu(torch.cat([U @ x[t], W.T @ h[t-1]], dim=0))
b[t] = maximum(0, U @ x[t]) + np.minimum(h[t], 1)
c[t] = F.dropout(np.outer(h[t], h[t]), p=0.2, training=True)
d[t] = (h[t] - h[t].mean()).pow(2).sum()
e[t] = np.linalg.inv(W) @ h[t]
f[t] = h[t][0] + h[t][1:3] + W[0, 1]
g[t] = F.gelu(layer_norm(h[t]))
i[t] = nn.Linear(m, n)(h[t])
j[t] = np.concatenate((h[t], h[t-1]), axis=1)
l[t] = h[t].detach().reshape(2, 2).T
o[t] = np.zeros_like(h[t]) + len(x) * np.sign(h[t])
p[t] = F.softmax(h[t], dim=0) * np.exp(-h[t])
q[t] = np.einsum('ij,j->i', W, h[t])
r[t] = np.sin(h[t]) + scipy.special.expit(h[t])
s[t] = foo.bar(h[t])
Wq = 0.01 * np.random.randn(m, m)
e2[t, j] = h[t]' @ h[j]
loss F.mse_loss(V @ h[T], y[T]) + np.sum(h[T], axis=0, keepdims=True)
claim grad(h[T]) = transpose(W) @ grad(h[T])
claim grad(W) = sum(t, outer(grad(h[t]), h[t-1])) + swish(W)
claim grad(h[T]) = sum(h[T], axis=1)
claim mean(t, h[t]) = dtanh(h[T])
claim W.grad = dU.T
# error 10:8 np.tanh(a) is a function that stands here without its module: write tanh(a)
# error 11:8 torch.relu(a) is a function that stands here without its module: write relu(a)
# error 12:31 np.minimum(h[t], 1) is the smaller, entry by entry: write min(h[t], 1)
# error 13:8 F.dropout(a, p = b) is a product with a mask, given M[t] : m x 1 ~ bernoulli(1 - b): write M[t] * a / (1 - b)
# error 14:16 h[t].mean() is a function, which stands before its argument here: write mean(h[t])
# error 15:8 np.linalg.inv(a) is an inverse, which no operation works out: multiply the equation by a, or declare the inverse as a param
# error 16:8 h[t][0] is the first entry: they are counted from 1: write entry(h[t], 1, 1)
# error 17:8 F.gelu(a) is a smooth relu, nearly: write a * sigmoid(1.702 * a)
# error 18:8 nn.Linear(…)(c) is a product and a bias: write W @ a + b, with param W : m x n and param b : m x 1
# error 19:8 np.concatenate((…), axis=1) is side by side: write [a, b]
# error 20:8 h[t].detach() is a constant, which no gradient passes: write stop(h[t])
# error 21:8 np.zeros_like(h[t]) is zeros of the same shape: write 0 * h[t]
# error 22:8 F.softmax(h[t], dim=0) is softmax, which goes over each row, or the one column: write softmax(h[t])
# error 23:8 np.einsum(…) is a sum of products: write it with @, * and ', as a @ b or a' @ b
# error 24:8 np.sin(…) is no operation of the language, which has exp, log, sqrt, abs, tanh, sigmoid and relu
# error 25:8 a.bar(…) is a method, and there are no objects here: functions stand before their argument, f(a)
# error 26:1 Wq = e * randn(a, b) is a declaration: write param Wq : m x n ~ normal(0, 0.1)
# error 27:1 e2[t, j] = … is a name with two indices, and a name has one index: write e2[t] = hcat(j, 1..T, …)
# error 28:6 F.mse_loss(a, b) is the mean of squared differences: write mse(a, b)
# error 31:20 sum(h[T], axis=1) is the sum of each row: write rowsum(h[T])
# error 33:7 W.grad is the gradient of the loss: write grad(W)
# claim error 29:20 transpose(W) is the transpose: write W'
# claim error 30:24 outer(grad(h[t]), h[t-1]) is the outer product of two columns: write grad(h[t]) @ h[t-1]'
# claim error 32:7 mean(t, h[t]) is the mean over the steps: write sum(t, h[t]) / T
