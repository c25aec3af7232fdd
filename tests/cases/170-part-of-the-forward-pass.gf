# PyTorch's GRU multiplies the reset gate with W_hn h + b_hn: the backward pass needs that product, and whoever writes it
# down anew forgets its bias.
#! "bad reset gate" : let p[t] = W @ h[t-1] + c
#! "bad Ur" : let p[t] = W @ h[t-1] + c
steps T = 4
size  n = 3, m = 4, k = 2
seed  5
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param Ur : m x n
param Wr : m x m
param U : m x n
param W : m x m
param b, c : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
r[t] = sigmoid(Ur @ x[t] + Wr @ h[t-1])
a[t] = U @ x[t] + b + r[t] * (W @ h[t-1] + c)
h[t] = tanh(a[t])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))

let dz[t] = softmax(z[t]) - y[t]
let dh[t] = V' @ dz[t] + W' @ (r[t+1] * da[t+1]) + Wr' @ dar[t+1]
let da[t] = dh[t] * (1 - h[t]^2)
let p[t] = W @ h[t-1]
let dr[t] = da[t] * p[t]
let dar[t] = dr[t] * r[t] * (1 - r[t])
claim "ok V": grad(V) = sum(t, dz[t] @ h[t]')
claim "bad reset gate": grad(r[t]) = dr[t]
claim "bad Ur": grad(Ur) = sum(t, dar[t] @ x[t]')
