# Factors that could have several names at one size: B is 6, and T / 2 is about as much with a step more. A number of the
# model is called by its name; what no other size confirms has none.
steps T = 5
size n = 3, m = 4, k = 2, B = 6
seed 5
input x[t] : n x B
given y[t] : k x 1
given e : 1 x 1 = 0.2
param U : m x n
param V, S : k x m
param q : 1 x 1 = 1.7
start h[0] : m x B ~ normal(0, 1)
r[t] = tanh(U @ x[t])
h[t] = h[t-1] + e * r[t]
p[t] = rowsum(V @ h[t]) / B / q
s[t] = rowsum(S @ h[t]) / B
loss sum(t, sum((p[t] - y[t])^2 * exp(-2 * s[t])) / 2) + sum(stop(s[T])^2) / T
claim "mean": grad(V) = sum(t, grad(p[t]) @ rowsum(h[t])') / q
# says: a factor 1/B is missing
claim "step": grad(r[t]) = grad(h[t])
# says: a factor e is missing
claim "temperature": grad(V) = q * sum(t, grad(p[t]) @ rowsum(h[t])') / B
# says: a factor 1/q^2 is missing
claim "other steps": grad(U) = e * sum(t, (grad(h[t]) * (1 - r[t]^2)) @ x[t]') * T / (T - 1)
# says: a factor is missing
claim "in exp": grad(p[t]) = (p[t] - y[t]) * exp(-s[t])
# says: the path p[t] -> loss: (p[t] - y[t]) * exp(-s[t]) stands where exp(-2 * s[t]) * (p[t] - y[t]) belongs
