# An RNN as one would begin to train it: W as long as it keeps vectors, and tanh.
steps T = 40
size  n = 2, m = 8

input x[t] : n x 1
given y[t] : m x 1
param U : m x n
param W : m x m ~ orthogonal
param b : m x 1
start h[0] : m x 1 ~ uniform(-1, 1)

a[t] = W @ h[t-1] + U @ x[t] + b
h[t] = tanh(a[t])
L[t] = mse(h[t], y[t])

loss sum(t, L[t])

# One step: W's rows times tanh' = 1 - tanh^2. Many steps: the product, the last one first.
claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ W
claim jacobian(h[T], h[1]) = prod(k, T downto 2, diag(1 - h[k]^2) @ W)
claim norm2(jacobian(h[t], h[t-1])) <= 1
