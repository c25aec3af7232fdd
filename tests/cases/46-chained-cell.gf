# Products and sums of Jacobians written out; the direct part; chain along the cell.
#! "bad 1" : claim jacobian(c[t], c[t-1] | h) = diag(f[t])
#! "bad 2" : claim jacobian(c[T], c[1] | h) = prod(s, T downto 2, diag(f[s]))
#! "bad 3" : claim jacobian(h[t], c[t]) = diag(1 - tanh(c[t])^2)
#! "bad 4" : none
#! "bad 5" : claim grad(c[t]) = grad(h[t]) * (1 - tanh(c[t])^2) + f[t+1] * grad(c[t+1])
#! "bad 6" : claim grad(F) = sum(t, (grad(f[t]) * f[t] * (1 - f[t])) @ h[t-1]')
#! "bad 7" : claim grad(h[t]) = y[t] + F' @ (grad(f[t+1]) * f[t+1] * (1 - f[t+1])) + G' @ (grad(g[t+1]) * (1 - g[t+1]^2))
#! "bad 8" : claim grad(x[t]) = P' @ (grad(g[t]) * (1 - g[t]^2)) + Q' @ (grad(f[t]) * f[t] * (1 - f[t]))
steps T = 4
size n = 3, m = 4
input x[t] : n x 1
given y[t] : m x 1
param F, G : m x m
param P, Q : m x n
start h[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(F @ h[t-1] + Q @ x[t])
g[t] = tanh(G @ h[t-1] + P @ x[t])
c[t] = f[t] * c[t-1] + (1 - f[t]) * g[t]
h[t] = tanh(c[t])
loss sum(t, y[t]' @ h[t])
claim "bad 1": jacobian(c[t], c[t-1]) = diag(f[t])
claim "bad 2": jacobian(c[T], c[1] | h) = prod(s, T downto 1, diag(f[s]))
claim "bad 3": jacobian(h[t], c[t]) = diag(1 - c[t]^2)
claim "bad 4": norm2(jacobian(c[t], c[t-1] | h)) < 0.5
claim "bad 5": grad(c[t]) = grad(h[t]) * (1 - h[t]^2) + f[t] * grad(c[t+1])
claim "bad 6": grad(F) = sum(t, (grad(f[t]) * f[t] * (1 - f[t])) @ c[t-1]')
claim "bad 7": grad(h[t]) = y[t] + F' @ (grad(f[t+1]) * f[t+1] * (1 - f[t+1])) + G' @ grad(g[t+1])
claim "bad 8": grad(x[t]) = P' @ (grad(g[t]) * (1 - g[t]^2)) + Q' @ (grad(f[t]) * (1 - f[t]))
