# h = tanh(C m + D x), m = (A x) * (B h_prev). The product rule: the other factor is missing, or the factor itself stands there.
#! "bad W" : let dh[t] = V' @ ds[t] + B' @ (dm[t+1] * fx[t+1])
#! "bad A" : claim grad(A) = sum(t, (dm[t] * fh[t]) @ x[t]')
#! "bad A" : let dh[t] = V' @ ds[t] + B' @ (dm[t+1] * fx[t+1])
#! "bad B" : let dh[t] = V' @ ds[t] + B' @ (dm[t+1] * fx[t+1])
steps T = 5
size n = 3, f = 2, m = 4, k = 6
seed 167
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param A : f x n
param B : f x m
param C : m x f
param D : m x n
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
fx[t] = A @ x[t]
fh[t] = B @ h[t-1]
mm[t] = fx[t] * fh[t]
h[t] = tanh(C @ mm[t] + D @ x[t])
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
let dh[t] = V' @ ds[t] + B' @ dm[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
let dm[t] = C' @ da[t]
claim "ok step": grad(mm[t]) = C' @ (grad(h[t]) * (1 - h[t]^2))
claim "bad W": grad(D) = sum(t, da[t] @ x[t]')
claim "bad A": grad(A) = sum(t, (dm[t] * fx[t]) @ x[t]')
claim "bad B": grad(B) = sum(t, (dm[t] * fx[t]) @ h[t-1]')
