title "One gradient of 1e300 beside small ones"
steps T = 5
input x[t] : 1 x 1 ~ normal(0, 1)
param w : 1 x 1 = 0.5
start h[0] : 1 x 1 = 0
h[t] = tanh(x[t] + w * h[t-1])
huge[t] = 1e300 * h[t]
L[t] = 1e-300 * huge[t] + h[t]^2
M = 1e300 * h[1]
loss sum(t, L[t]) + M
