steps T = 3
size n = 2, m = 2
input x[t] : n x 1
input s[t] : 1 x 1
param W : m x n
param U : m x m
param q : m x 1
start h[0] : m x 1 = 0
a[t] = leaky_relu(W @ x[t] + U @ h[t-1], 0.1)
h[t] = where(s[t] > 0, max(a[t], q) - min(0.3, a[t]), h[t-1])
c[t] = hcat(j, 1..t, h[j]) @ softmax(hcat(j, 1..t, h[j]' @ q))'
p = max(t, softplus(h[t]))
H = vcat(j, T downto 1, h[j]')
loss sum(t, (t <= 2) * sum(c[t])) + entry(p, 2, 1) + norm(H)
let dp = cols(eye(m), 2, 2)
let dH = unit(H)
let dc[t] = (t <= 2) * ones(m, 1)
let dh[t] = dp * (h[t] >= p) / sum(j, 1..T, h[j] >= p) * softplus'(h[t]) + rows(dH, T-t+1, T-t+1)'
claim grad(p) = dp
claim grad(H) = dH
claim grad(c[t]) = dc[t]
claim grad(h[t]) = dh[t] + where(s[t+1] > 0, 0, grad(h[t+1]))
claim grad(a[t]) = where(s[t] > 0, grad(h[t]), 0) * ((a[t] >= q) + (a[t] > q)) / 2
claim 0 <= (a[t] > q) <= 1
claim max(max(j, 1..t, h[j])) >= min(h[t])
claim U^-1 @ U = eye(m)
