# One minus the cosine as a loss. In the second term of the gradient, cos times o, the norm of o has to stand squared.
#! "bad output" : let do[t] = cs[t] * o[t] / norm(o[t])^2 - y[t] / (norm(o[t]) * norm(y[t]))
#! "bad V" : let do[t] = cs[t] * o[t] / norm(o[t])^2 - y[t] / (norm(o[t]) * norm(y[t]))
#! "bad U" : let do[t] = cs[t] * o[t] / norm(o[t])^2 - y[t] / (norm(o[t]) * norm(y[t]))
steps T = 4
size  n = 2, m = 4, k = 3
seed  1
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t]  = tanh(U @ x[t] + W @ h[t-1])
o[t]  = V @ h[t]
cs[t] = sum(o[t] * y[t]) / (norm(o[t]) * norm(y[t]))
loss sum(t, 1 - cs[t])
let do[t] = cs[t] * o[t] / norm(o[t]) - y[t] / (norm(o[t]) * norm(y[t]))
let dh[t] = V' @ do[t] + W' @ (dh[t+1] * (1 - h[t+1]^2))
claim "ok length does not matter": sum(grad(o[t]) * o[t]) = 0
claim "bad output": grad(o[t]) = do[t]
claim "bad V": grad(V) = sum(t, do[t] @ h[t]')
claim "bad U": grad(U) = sum(t, (dh[t] * (1 - h[t]^2)) @ x[t]')
