# An echo state net with feedback: the reservoir is fixed, only the readout learns.
#! "bad 1" : let e[t] = (y[t] - d[t]) / T
#! "bad 2" : claim grad(y[t]) = (y[t] - d[t]) / T
#! "bad 3" : claim grad(r[t]) = Wout' @ (y[t] - d[t]) / T + 0.7 * grad(r[t+1]) + Wres' @ s[t+1]
#! "bad 3" hint : Wres|r\[t\] -> r\[t\+1\]
#! "bad 4" : claim grad(Wfb) = sum(t, s[t] @ y[t-1]')
#! "bad 5" : claim jacobian(r[t], r[t-1]) = 0.7 * eye(m) + 0.3 * diag(1 - tanh(Win @ u[t] + Wres @ r[t-1] + Wfb @ y[t-1])^2) @ Wres
#! "bad 6" : claim jacobian(y[t], r[t]) = Wout
steps T = 6
size n = 2, m = 5, k = 2
seed 41
input u[t] : n x 1
given d[t] : k x 1
param Win : m x n
param Wres : m x m
param Wfb : m x k
param Wout : k x m
start r[0] : m x 1 ~ normal(0, 1)
start y[0] : k x 1 ~ normal(0, 1)
r[t] = 0.7 * r[t-1] + 0.3 * tanh(Win @ u[t] + Wres @ r[t-1] + Wfb @ stop(y[t-1]))
y[t] = Wout @ r[t]
loss sum(t, sum((y[t] - d[t])^2)) / (2 * T)
let e[t] = y[t] - d[t]
let s[t] = 0.3 * grad(r[t]) * (1 - tanh(Win @ u[t] + Wres @ r[t-1] + Wfb @ y[t-1])^2)
claim "bad 1": grad(Wout) = sum(t, e[t] @ r[t]')
claim "bad 2": grad(y[t]) = (y[t] - d[t]) / T + Wfb' @ s[t+1]
claim "bad 3": grad(r[t]) = Wout' @ (y[t] - d[t]) / T + 0.7 * grad(r[t+1])
claim "bad 4": grad(Wfb) = sum(t, s[t] @ y[t]')
claim "bad 5": jacobian(r[t], r[t-1]) = 0.7 * eye(m) + 0.3 * diag(1 - r[t]^2) @ Wres
claim "bad 6": jacobian(y[t], r[t]) = Wout'
