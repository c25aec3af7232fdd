# Beyond the threshold the slope of Huber's loss has the sign of the error; and of two delays one carries the error back.
#! "bad A" : let psi[t] = clip(y[t] - d[t], -1/2, 1/2)
#! "bad A" : let dy[t] = psi[t] + A' @ dz[t+1] + B' @ dz[t+2]
#! "bad B" : let psi[t] = clip(y[t] - d[t], -1/2, 1/2)
#! "bad B" : let dy[t] = psi[t] + A' @ dz[t+1] + B' @ dz[t+2]
steps T = 5
size n = 3, m = 4, p = 2
seed 79
input u[t] : n x 1
given d[t] : p x 1 ~ normal(0, 2)
param U : m x n
param A, B : m x p
param V : p x m
start y[0], y[-1] : p x 1 ~ normal(0, 1)
z[t] = U @ u[t] + A @ y[t-1] + B @ y[t-2]
y[t] = V @ tanh(z[t])
e[t] = y[t] - d[t]
loss sum(t, sum(where(abs(e[t]) <= 0.5, 0.5 * e[t]^2, 0.5 * (abs(e[t]) - 0.25))))
let psi[t] = where(abs(e[t]) <= 0.5, e[t], 0.5)
let dy[t] = psi[t] + A' @ dz[t+1]
let dz[t] = (V' @ dy[t]) * tanh'(z[t])
claim "bad A": grad(A) = sum(t, dz[t] @ y[t-1]')
claim "bad B": grad(B) = sum(t, dz[t] @ y[t-2]')
