# Losses by hand: log of a sum of exps, a softplus ranking loss, a norm, an absolute error.
#! "bad 1" : claim grad(E[t]) = ones(k, 1) / S[t]
#! "bad 2" : claim grad(z[t], A[t]) = E[t] / S[t] - y[t]
#! "bad 3" : claim grad(r[t]) = -sigmoid(-r[t])
#! "bad 4" : claim grad(u) = -sum(t, h[t] * sigmoid(-r[t]))
#! "bad 5" : claim grad(h[t], N[t]) = (h[t] - 0.5) / N[t]
#! "bad 6" : claim grad(h[t], N[t]) = (h[t] - 0.5) / N[t]
#! "bad 7" : claim grad(z[t], D[t]) = abs'(z[t] - y[t])
#! "bad 8" : claim grad(h[t]) = V' @ grad(z[t]) + u @ grad(r[t]) + (h[t] - 0.5) / N[t] + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
#! "bad 8" hint : N
steps T = 4
size n = 3, m = 4, k = 3
seed 76
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
param u : m x 1
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
z[t] = V @ h[t]
E[t] = exp(z[t])
S[t] = sum(E[t])
A[t] = log(S[t]) - sum(y[t] * z[t])
r[t] = u' @ h[t]
B[t] = softplus(-r[t])
N[t] = norm(h[t] - 0.5)
D[t] = sum(abs(z[t] - y[t]))
loss sum(t, A[t] + B[t] + N[t] + D[t])
claim "bad 1": grad(E[t]) = 1 / E[t]
claim "bad 2": grad(z[t], A[t]) = E[t] / S[t]
claim "bad 3": grad(r[t]) = -sigmoid(r[t])
claim "bad 4": grad(u) = sum(t, h[t] * sigmoid(-r[t]))
claim "bad 5": grad(h[t], N[t]) = (h[t] - 0.5) / N[t]^2
claim "bad 6": grad(h[t], N[t]) = h[t] / N[t]
claim "bad 7": grad(z[t], D[t]) = z[t] - y[t]
claim "bad 8": grad(h[t]) = V' @ grad(z[t]) + u @ grad(r[t]) + W' @ (grad(h[t+1]) * (1 - h[t+1]^2))
