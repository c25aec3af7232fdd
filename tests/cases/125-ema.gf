# An exponential moving average with trained rate; and its unrolled form.
#! "bad 1" : claim grad(ρ) = sum(t, grad(s[t]) * (s[t-1] - x[t]))
#! "bad 2" : claim grad(θ) = grad(ρ) * ρ * (1 - ρ)
#! "bad 3" : claim grad(x[t]) = (1 - ρ) * grad(s[t])
#! "bad 4" : claim s[T] = sum(j, 1..T, prod(i, j+1..T, diag(ρ)) @ ((1 - ρ) * x[j]))
#! "bad 5" : claim grad(s[j]) = prod(i, j+1..T, diag(ρ)) @ (s[T] - y) for j = 1..T-1
steps T = 5
size m = 2
seed 47
input x[t] : m x 1
given y : m x 1
param θ : m x 1
start s[0] : m x 1
ρ = sigmoid(θ)
s[t] = ρ * s[t-1] + (1 - ρ) * x[t]
loss sum((s[T] - y)^2) / 2
claim "bad 1": grad(ρ) = sum(t, grad(s[t]) * s[t-1])
claim "bad 2": grad(θ) = grad(ρ) * θ * (1 - θ)
claim "bad 3": grad(x[t]) = ρ * grad(s[t])
claim "bad 4": s[T] = sum(j, 1..T, prod(i, j..T, diag(ρ)) @ ((1 - ρ) * x[j]))
claim "bad 5": grad(s[j]) = prod(i, j+1..T, diag(1 - ρ)) @ (s[T] - y) for j = 1..T-1
