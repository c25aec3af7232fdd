# The last cell is read at the end as well: at step T a path is missing, and the claim is none about the other steps.
steps T = 4
size m = 3
param w : m x 1
param Q : 2 x m
start c[0] : m x 1 ~ normal(0, 1)
c[t] = w * tanh(c[t-1])
L[t] = sum(c[t]^2)
q = Q @ c[T]
loss sum(t, L[t]) + sum(q)
claim grad(c[t]) = 2 * c[t] + grad(c[t+1]) * w * (1 - tanh(c[t])^2)
# says: the path c[T] -> q is missing
