# The net that learns to add binary numbers: the hidden layer's future error not transposed, the output's error without its slope.
#! "bad 1 s1" : let l2_delta[t] = (l2[t] - y[t]) * l2[t] * (1 - l2[t])
#! "bad 2 sh" : let l2_delta[t] = (l2[t] - y[t]) * l2[t] * (1 - l2[t])
#! "bad 2 sh" : let l1_delta[t] = (l1_delta[t+1] @ sh' + l2_delta[t] @ s1') * l1[t] * (1 - l1[t])
#! "bad 3 s0" : let l2_delta[t] = (l2[t] - y[t]) * l2[t] * (1 - l2[t])
#! "bad 3 s0" : let l1_delta[t] = (l1_delta[t+1] @ sh' + l2_delta[t] @ s1') * l1[t] * (1 - l1[t])
steps T = 5
size n = 2, m = 4
input X[t] : 1 x n
given y[t] : 1 x 1
param s0 : n x m
param s1 : m x 1
param sh : m x m
start l1[0] : 1 x m ~ normal(0, 1)
l1[t] = sigmoid(X[t] @ s0 + l1[t-1] @ sh)
l2[t] = sigmoid(l1[t] @ s1)
loss 0.5 * sum(t, sum((y[t] - l2[t])^2))
let l2_delta[t] = l2[t] - y[t]
let l1_delta[t] = (l1_delta[t+1] @ sh + l2_delta[t] @ s1') * l1[t] * (1 - l1[t])
claim "bad 1 s1": grad(s1) = sum(t, l1[t]' @ l2_delta[t])
claim "bad 2 sh": grad(sh) = sum(t, l1[t-1]' @ l1_delta[t])
claim "bad 3 s0": grad(s0) = sum(t, X[t]' @ l1_delta[t])
