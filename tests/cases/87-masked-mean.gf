# A batch with holes: the loss is a mean over what is not masked. The mask stands at the state's error, which comes back from later steps as well; or at
# none; the mean over all.
#! "bad 1 whole state masked" : let d1[t] = M[t] * (P[t] - y[t]) / cnt @ V' + a1[t+1] @ W'
#! "bad 2 no mask" : claim grad(V) = sum(t, h[t]' @ (M[t] * (P[t] - y[t]))) / cnt
#! "bad 3 over all" : claim grad(c) = sum(t, colsum(M[t] * (P[t] - y[t]))) / cnt
steps T = 4
size B = 3, n = 2, m = 4, k = 5
seed 101
input x[t] : B x n
given y[t] : B x k ~ onehot
given M[t] : B x 1 ~ bernoulli(0.6)
param U : n x m
param W : m x m
param V : m x k
param c : 1 x k
start h[0] : B x m = 0
h[t] = tanh(x[t] @ U + h[t-1] @ W)
s[t] = h[t] @ V + c
cnt = sum(t, sum(M[t]))
loss -sum(t, sum(M[t] * rowsum(y[t] * log_softmax(s[t])))) / cnt
let P[t] = softmax(s[t])
claim "ok s": grad(s[t]) = M[t] * (P[t] - y[t]) / cnt
let d1[t] = M[t] * ((P[t] - y[t]) / cnt @ V' + a1[t+1] @ W')
let a1[t] = d1[t] * (1 - h[t]^2)
claim "bad 1 whole state masked": grad(W) = sum(t, h[t-1]' @ a1[t])
claim "bad 2 no mask": grad(V) = sum(t, h[t]' @ (P[t] - y[t])) / cnt
claim "bad 3 over all": grad(c) = sum(t, colsum(M[t] * (P[t] - y[t]))) / (B * T)
