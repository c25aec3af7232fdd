# A linear system with quadratic costs and the adjoint of control theory.
#! "bad 1" : let p[t] = (Q + Q') @ s[t] + A' @ p[t+1]
#! "bad 1" or : let p[t] = Q @ s[t] + Q' @ s[t] + A' @ p[t+1]
#! "bad 2" : claim grad(u[t]) = B' @ grad(s[t]) + 0.2 * u[t]
#! "bad 3" : claim grad(Q) = sum(t, s[t] @ s[t]')
#! "bad 4" : claim grad(A) = sum(t, grad(s[t]) @ s[t-1]')
#! "bad 4" or : claim grad(A) = sum(t, 0..T-1, grad(s[t+1]) @ s[t]')
#! "bad 5" : claim jacobian(s[t], s[0]) = prod(j, 1..t, A)
#! "bad 6" : claim jacobian(s[T], u[j]) = prod(r, j+1..T, A) @ B for j = 1..T
#! "bad 7" : claim grad(s[0]) = A' @ grad(s[1])
steps T = 5
size n = 3, m = 2
seed 55
param u[t] : m x 1
param A : n x n
param B : n x m
param Q : n x n
start s[0] : n x 1 ~ normal(0, 1)
s[t] = A @ s[t-1] + B @ u[t]
c[t] = s[t]' @ Q @ s[t] + 0.1 * u[t]' @ u[t]
loss sum(t, c[t])
let p[t] = 2 * Q @ s[t] + A' @ p[t+1]
claim "bad 1": grad(s[t]) = p[t]
claim "bad 2": grad(u[t]) = B' @ grad(s[t]) + 0.1 * u[t]
claim "bad 3": grad(Q) = sum(t, s[t]' @ s[t])
claim "bad 4": grad(A) = sum(t, grad(s[t+1]) @ s[t]')
claim "bad 5": jacobian(s[t], s[0]) = prod(j, 1..t-1, A)
claim "bad 6": jacobian(s[T], u[j]) = prod(r, j..T, A) @ B for j = 1..T
claim "bad 7": grad(s[0]) = grad(s[1])
