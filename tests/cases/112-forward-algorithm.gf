# The forward algorithm of a hidden Markov model (and, in small, CTC): scaled sums, their log-likelihood.
#! "bad 1" : claim grad(Z[t]) = -1 / Z[t] - sum(grad(al[t]) * u[t]) / Z[t]^2
#! "bad 1" or : claim grad(Z[t]) = -1 / Z[t] - sum(grad(al[t]) * al[t]) / Z[t]
#! "bad 1" hint : Z\[t\] -> al\[t\]
#! "bad 2" : claim grad(u[t]) = grad(al[t]) / Z[t] + grad(Z[t])
#! "bad 3" : claim grad(al[t]) = -w[t] / al[t] + A @ (e[t+1] * grad(u[t+1]))
#! "bad 4" : claim grad(A) = sum(t, al[t-1] @ (e[t] * grad(u[t]))')
#! "bad 5" : claim grad(e[t]) = grad(u[t]) * (A' @ al[t-1])
#! "bad 5" or : claim grad(e[t]) = grad(u[t]) * u[t] / e[t]
steps T = 5
size s = 3
seed 51
input e[t] : s x 1 ~ uniform(0.2, 1)
given w[t] : s x 1
param A : s x s ~ uniform(0.1, 1)
start al[0] : s x 1 ~ uniform(0.2, 1)
u[t] = e[t] * (A' @ al[t-1])
Z[t] = sum(u[t])
al[t] = u[t] / Z[t]
loss -sum(t, log(Z[t])) - sum(t, sum(w[t] * log(al[t])))
claim "bad 1": grad(Z[t]) = -1 / Z[t]
claim "bad 2": grad(u[t]) = grad(al[t]) + grad(Z[t])
claim "bad 3": grad(al[t]) = -w[t] / al[t] + A' @ (e[t+1] * grad(u[t+1]))
claim "bad 4": grad(A) = sum(t, (e[t] * grad(u[t])) @ al[t-1]')
claim "bad 5": grad(e[t]) = grad(u[t]) * (A' @ al[t])
