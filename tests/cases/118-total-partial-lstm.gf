# d c_t / d c_{t-1} = f_t, d h_t / d c_t, and what depends on what besides.
#! "bad 1" : claim jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t]) for t = 2..T
#! "bad 1" or : claim jacobian(c[t], c[t-1] | h) = diag(f[t]) for t = 2..T
#! "bad 1" or : claim jacobian(c[t], c[t-1] | f[t], i[t], g[t]) = diag(f[t]) for t = 2..T
#! "bad 1" hint : h\[t-1\]
#! "bad 2" : claim jacobian(c[T], c[j] | h) = prod(s, j+1..T, diag(f[s])) for j = 1..T-1
#! "bad 3" : claim jacobian(c[t], h[t-1]) = diag(c[t-1] * f[t] * (1 - f[t])) @ Rf + diag(g[t] * i[t] * (1 - i[t])) @ Ri + diag(i[t] * (1 - g[t]^2)) @ Rg
#! "bad 4" : claim jacobian(h[t], c[t]) = diag(o[t] * (1 - tanh(c[t])^2))
#! "bad 5" : claim grad(c[t]) = grad(h[t]) * o[t] * (1 - tanh(c[t])^2) + f[t+1] * grad(c[t+1])
#! "bad 6" : claim grad(h[t]) = 2 * h[t] + jacobian(c[t+1], h[t])' @ grad(c[t+1]) + jacobian(o[t+1], h[t])' @ grad(o[t+1])
steps T = 4
size n = 2, m = 3
seed 46
input x[t] : n x 1
param Wf, Wi, Wg, Wo : m x n
param Rf, Ri, Rg, Ro : m x m
start h[0] : m x 1 ~ normal(0, 1)
start c[0] : m x 1 ~ normal(0, 1)
f[t] = sigmoid(Wf @ x[t] + Rf @ h[t-1])
i[t] = sigmoid(Wi @ x[t] + Ri @ h[t-1])
g[t] = tanh(Wg @ x[t] + Rg @ h[t-1])
o[t] = sigmoid(Wo @ x[t] + Ro @ h[t-1])
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])
loss sum(t, sum(h[t]^2))
claim "bad 1": jacobian(c[t], c[t-1]) = diag(f[t]) for t = 2..T
claim "bad 2": jacobian(c[T], c[j] | h) = prod(s, j..T, diag(f[s])) for j = 1..T-1
claim "bad 3": jacobian(c[t], h[t-1]) = diag(c[t-1] * f[t] * (1 - f[t])) @ Rf + diag(g[t] * i[t] * (1 - i[t])) @ Ri + diag(1 - g[t]^2) @ Rg
claim "bad 4": jacobian(h[t], c[t]) = diag(o[t] * (1 - c[t]^2))
claim "bad 5": grad(c[t]) = grad(h[t]) * o[t] * (1 - tanh(c[t])^2) + f[t+1] * grad(c[t+1] | h[t+1])
claim "bad 6": grad(h[t]) = 2 * h[t] + jacobian(c[t+1], h[t]) @ grad(c[t+1]) + jacobian(o[t+1], h[t])' @ grad(o[t+1])
