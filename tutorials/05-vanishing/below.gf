# A recurrent net without a nonlinearity. W is orthogonal but for a factor s / 100: it turns a vector, and shrinks it.
steps T = 40
size  n = 2, m = 8, s = 90      # inputs, hidden units; how long W @ v is, in per cent of v

input x[t] : n x 1
given y[t] : m x 1
param U : m x n
param W : m x m ~ orthogonal(s / 100)
start h[0] : m x 1 ~ uniform(-1, 1)

h[t] = W @ h[t-1] + U @ x[t]
L[t] = mse(h[t], y[t])

loss sum(t, L[t])

claim jacobian(h[T], h[1]) = prod(k, 2..T, W)
claim norm(jacobian(h[T], h[1])) = sqrt(m) * (s / 100)^(T-1)
