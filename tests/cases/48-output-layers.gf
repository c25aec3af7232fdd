# Losses by themselves: softmax and log written out, sigmoid with binary cross-entropy, mean over classes, teacher's sign, log of p forgotten to be divided.
#! "bad 1 reversed" : claim grad(z[t]) = p[t] - y[t]
#! "bad 2 through softmax" : claim grad(p[t]) = -y[t] / p[t]
#! "bad 3 diagonal" : let gz[t] = p[t] * (gp[t] - sum(p[t] * gp[t]))
#! "bad 4 sigmoid twice" : claim grad(b[t]) = q[t] - r[t]
#! "bad 5 1/q only" : claim grad(q[t]) = -r[t] / q[t] + (1 - r[t]) / (1 - q[t])
#! "bad 6 h" : claim grad(h[t]) = V' @ grad(z[t]) + R' @ grad(b[t]) + W' @ (grad(h[t+1]) * relu'(a[t+1]))
#! "bad 7 relu of h" : claim grad(a[t]) = grad(h[t]) * relu'(a[t])
#! "bad 8 relu kept" : claim grad(a[t]) = grad(h[t]) * relu'(a[t])
steps T = 4
size n = 3, m = 6, k = 3
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
given r[t] : 1 x 1 ~ bernoulli(0.5)
param U : m x n
param W : m x m
param V : k x m
param R : 1 x m
start h[0] : m x 1 ~ normal(0, 1)
a[t] = U @ x[t] + W @ h[t-1]
h[t] = relu(a[t])
z[t] = V @ h[t]
p[t] = softmax(z[t])
b[t] = R @ h[t]
q[t] = sigmoid(b[t])
loss sum(t, -sum(y[t] * log(p[t])) - r[t] * log(q[t]) - (1 - r[t]) * log(1 - q[t]))
claim "bad 1 reversed": grad(z[t]) = y[t] - p[t]
claim "bad 2 through softmax": grad(p[t]) = p[t] - y[t]
let gp[t] = -y[t] / p[t]
let gz[t] = p[t] * (1 - p[t]) * gp[t]
claim "bad 3 diagonal": grad(z[t]) = gz[t]
claim "bad 4 sigmoid twice": grad(b[t]) = (q[t] - r[t]) * q[t] * (1 - q[t])
claim "bad 5 1/q only": grad(q[t]) = -r[t] / q[t]
claim "bad 6 h": grad(h[t]) = V' @ grad(z[t]) + W' @ (grad(h[t+1]) * relu'(a[t+1]))
claim "bad 7 relu of h": grad(a[t]) = grad(h[t]) * h[t]
claim "bad 8 relu kept": grad(a[t]) = relu(grad(h[t]))
