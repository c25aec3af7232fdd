title "Values and gradients that are 0, infinite or not a number"
steps T = 5
size m = 3
input x[t] : 1 x m ~ normal(0, 1)
param W : m x m ~ normal(0, 1)
param z : 1 x m = 0
start h[0] : 1 x m = 0
h[t] = tanh(x[t] + h[t-1] @ W)
zero[t] = z * h[t]
big[t] = exp(exp(100 * norm(h[t])))
nan[t] = big[t] - big[t]
steep[t] = sqrt(zero[t])
dead[t] = relu(0 - norm(h[t]) - 1)
L[t] = nan[t] + sum(steep[t]) + dead[t] + sum(h[t])
loss sum(t, L[t])
