# A generation probability mixes words and copies (pointer-generator). The mixture's logarithm; each part divides by the mixture.
#! "bad 1 q" : let dq[t] = -y[t] / q[t]
#! "bad 2 w" : claim grad(w) = sum(t, dg[t] * g[t] * (1 - g[t]) * h[t]')
#! "bad 2 w" : let dg[t] = sum(dq[t] * (p[t] - A[t]))
#! "bad 2 w" : let dq[t] = -y[t] / q[t]
#! "bad 3 V" : let dp[t] = dq[t] * g[t]
#! "bad 3 V" : let dq[t] = -y[t] / q[t]
#! "bad 4 as if softmax alone" : claim grad(s[t]) = ds[t]
#! "bad 4 as if softmax alone" : let dp[t] = dq[t] * g[t]
#! "bad 4 as if softmax alone" : let dq[t] = -y[t] / q[t]
#! "bad 4 as if softmax alone" or : claim grad(s[t]) = p[t] * (grad(p[t]) - grad(p[t])' @ p[t])
#! "bad 5 h" : claim grad(h[t]) = V' @ ds[t] + w' * dg[t] * g[t] * (1 - g[t]) + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
#! "bad 5 h" : let dg[t] = sum(dq[t] * (p[t] - A[t]))
#! "bad 5 h" : let dp[t] = dq[t] * g[t]
#! "bad 5 h" : let dq[t] = -y[t] / q[t]
steps T = 3
size m = 4, K = 5, n = 2
seed 10
input x[t] : n x 1
given y[t] : K x 1 ~ onehot
given A[t] : K x 1 = {[0.1; 0.2; 0.3; 0.25; 0.15], [0.3; 0.2; 0.1; 0.15; 0.25], [0.2; 0.1; 0.3; 0.1; 0.3]}
param U : m x n
param W : m x m
param V : K x m
param w : 1 x m
start h[0] : m x 1
h[t] = tanh(U @ x[t] + W @ h[t-1])
s[t] = V @ h[t]
p[t] = softmax(s[t])
g[t] = sigmoid(w @ h[t])
q[t] = g[t] * p[t] + (1 - g[t]) * A[t]
loss sum(t, -sum(y[t] * log(q[t])))
let dq[t] = -y[t] * q[t]
let dg[t] = sum(dq[t] * p[t])
let dp[t] = dq[t]
let ds[t] = p[t] * (dp[t] - sum(p[t] * dp[t]))
claim "bad 1 q": grad(q[t]) = dq[t]
claim "bad 2 w": grad(w) = sum(t, dg[t] * g[t] * h[t]')
claim "bad 3 V": grad(V) = sum(t, ds[t] @ h[t]')
claim "bad 4 as if softmax alone": grad(s[t]) = p[t] - y[t]
claim "bad 5 h": grad(h[t]) = V' @ ds[t] + w' * dg[t] * g[t] * (1 - g[t]) + W @ (grad(h[t+1]) * (1 - h[t+1]^2))
