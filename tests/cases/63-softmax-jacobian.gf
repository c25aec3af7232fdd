# The Jacobian of softmax, three ways to get it wrong.
#! "bad sign" : claim jacobian(p[t], z[t]) = diag(p[t]) - p[t] @ p[t]'
#! "bad diagonal" : claim jacobian(p[t], z[t]) = diag(p[t]) - p[t] @ p[t]'
#! "bad like cross entropy" : claim grad(z[t]) = p[t] * (dp[t] - sum(p[t] * dp[t]))
#! "bad inner" : claim grad(z[t]) = p[t] * (dp[t] - sum(p[t] * dp[t]))
#! "bad W" : claim grad(W) = sum(t, (p[t] * (dp[t] - sum(p[t] * dp[t]))) @ x[t]')
steps T = 3
size n = 3, k = 4
input x[t] : n x 1
given q[t] : k x 1
param W : k x n
z[t] = W @ x[t]
p[t] = softmax(z[t])
loss sum(t, sum((p[t] - q[t])^2))
let dp[t] = 2 * (p[t] - q[t])
claim "ok right": jacobian(p[t], z[t]) = diag(p[t]) - p[t] @ p[t]'
claim "bad sign": jacobian(p[t], z[t]) = diag(p[t]) + p[t] @ p[t]'
claim "bad diagonal": jacobian(p[t], z[t]) = diag(p[t] * (1 - p[t]))
claim "bad like cross entropy": grad(z[t]) = p[t] - q[t]
claim "bad inner": grad(z[t]) = p[t] * (dp[t] - sum(dp[t]))
claim "bad W": grad(W) = sum(t, (p[t] * (1 - p[t]) * dp[t]) @ x[t]')
