# A continuous-time RNN, τ u' = -u + W r + B x, by Euler steps with al = dt/τ for each neuron, as in neuroscience code. The adjoint was
# taken over from an ordinary RNN: the factor al is missing wherever the synaptic drive is met (going back through W, in the gradient of W
# and in that of B). Only the leak (1 - al) was thought of.
#! "bad adjoint" : let du[t] = (1 - r[t]^2) * (V' @ do[t] + W' @ (al * du[t+1])) + (1 - al) * du[t+1]
#! "bad W" : let du[t] = (1 - r[t]^2) * (V' @ do[t] + W' @ (al * du[t+1])) + (1 - al) * du[t+1]
#! "bad B" : let du[t] = (1 - r[t]^2) * (V' @ do[t] + W' @ (al * du[t+1])) + (1 - al) * du[t+1]
#! "bad start" : let du[t] = (1 - r[t]^2) * (V' @ do[t] + W' @ (al * du[t+1])) + (1 - al) * du[t+1]
#! "bad W" : claim "bad W": grad(W) = sum(t, (al * du[t]) @ r[t-1]')
#! "bad B" : claim "bad B": grad(B) = sum(t, (al * du[t]) @ x[t]')
#! "bad start" : claim "bad start": grad(u[0]) = (1 - al) * du[1] + (1 - r[0]^2) * (W' @ (al * du[1]))
steps T = 5
size n = 2, m = 4, k = 3
seed 28
input x[t] : n x 1
given y[t] : k x 1
given al : m x 1 ~ uniform(0.1, 0.6)
param W : m x m
param B : m x n
param V : k x m
start u[0] : m x 1 ~ normal(0, 1)
start r[0] = tanh(u[0])

u[t] = (1 - al) * u[t-1] + al * (W @ r[t-1] + B @ x[t])
r[t] = tanh(u[t])
o[t] = V @ r[t]
loss sum(t, sum((o[t] - y[t])^2)) / 2

let do[t] = o[t] - y[t]
let du[t] = (1 - r[t]^2) * (V' @ do[t] + W' @ du[t+1]) + (1 - al) * du[t+1]
claim "ok V": grad(V) = sum(t, do[t] @ r[t]')
claim "bad adjoint": grad(u[t]) = du[t]
claim "bad W": grad(W) = sum(t, du[t] @ r[t-1]')
claim "bad B": grad(B) = sum(t, du[t] @ x[t]')
claim "bad start": grad(u[0]) = (1 - al) * du[1] + (1 - r[0]^2) * (W' @ du[1])
