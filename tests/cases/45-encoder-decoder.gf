# Encoder and decoder: the decoder starts at the encoder's last state, so what comes back at d[0] is what the encoder's end gets, and nothing else.
#! "bad 1 start" : claim grad(e[T]) = C' @ (grad(d[1]) * (1 - d[1]^2))
#! "bad 2 teacher" : claim grad(d[t]) = V' @ ds[t] + C' @ (grad(d[t+1]) * (1 - d[t+1]^2))
#! "bad 3 all steps" : claim grad(C) = sum(t, grad(ad[t]) @ d[t-1]')
#! "bad 4 U" : claim grad(P) = sum(t, grad(ad[t]) @ y[t-1]')
#! "bad 5 encoder" : claim grad(e[t]) = W' @ (grad(e[t+1]) * (1 - e[t+1]^2)) for t = 1..T-1
steps T = 4
size n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
start y[0] : k x 1 = [1; 0]
param U : m x n
param W, C : m x m
param P : m x k
param V : k x m
start e[0] : m x 1 = 0
e[t] = tanh(U @ x[t] + W @ e[t-1])
start d[0] = e[T]
ad[t] = C @ d[t-1] + P @ y[t-1]
d[t] = tanh(ad[t])
s[t] = V @ d[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
claim "bad 1 start": grad(e[T]) = grad(d[1]) * (1 - d[1]^2)
claim "bad 2 teacher": grad(d[t]) = V' @ ds[t] + C' @ (grad(d[t+1]) * (1 - d[t+1]^2)) + V' @ P' @ (grad(d[t+1]) * (1 - d[t+1]^2))
claim "bad 3 all steps": grad(C) = sum(t, 2..T, grad(ad[t]) @ d[t-1]')
claim "bad 4 U": grad(P) = sum(t, grad(ad[t]) @ y[t]')
claim "bad 5 encoder": grad(e[t]) = V' @ ds[t] + W' @ (grad(e[t+1]) * (1 - e[t+1]^2)) for t = 1..T-1
