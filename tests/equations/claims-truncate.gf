# Truncated backpropagation: grad and jacobian see the cut, between steps 2 and 3 and between 4 and 5.
title "truncate"
steps T = 5
size n = 2, m = 3
seed 4
truncate 2

input x[t] : n x 1
param U : m x m ~ normal(0, 0.6)
param W : m x n
start h[0] : m x 1 ~ normal(0, 1)

h[t] = tanh(U @ h[t-1] + W @ x[t])
L[t] = sum(h[t]^2)
loss sum(t, L[t])

let J[t] = diag(1 - h[t]^2) @ U
claim jacobian(h[t], h[t-1]) = J[t]  for t = 1..2                             # expect: holds
claim jacobian(h[3], h[2]) = 0                                                # expect: holds
claim jacobian(h[4], h[3]) = J[4]                                             # expect: holds
claim jacobian(h[5], h[4]) = 0                                                # expect: holds
claim jacobian(h[3], h[2]) = J[3]                                             # expect: fails
claim grad(h[2]) = 2 * h[2]                                                   # expect: holds
claim grad(h[1]) = 2 * h[1] + J[2]' @ grad(h[2])                              # expect: holds
claim grad(h[3]) = 2 * h[3] + J[4]' @ (2 * h[4])                              # expect: holds
claim grad(U) = sum(t, grad(U[t]))                                            # expect: holds
