# Somebody ports a NumPy backward pass, written for h = (1 - z) h' + z n, to PyTorch's GRU, where z keeps the old state and the reset gate
# stands after the product with Whn. The reset-after part is done right; the three lines in which z appears are those of the other
# convention.
#! "bad h" : let dh[t] = V' @ e[t] + dh[t+1] * z[t+1] + Whr' @ dr[t+1] + Whz' @ dz[t+1] + Whn' @ (dn[t+1] * r[t+1])
#! "bad h" : let dn[t] = dh[t] * (1 - z[t]) * (1 - n[t]^2)
#! "bad h" : let dz[t] = dh[t] * (h[t-1] - n[t]) * z[t] * (1 - z[t])
#! "bad hidden bias of n" : let dh[t] = V' @ e[t] + dh[t+1] * z[t+1] + Whr' @ dr[t+1] + Whz' @ dz[t+1] + Whn' @ (dn[t+1] * r[t+1])
#! "bad hidden bias of n" : let dn[t] = dh[t] * (1 - z[t]) * (1 - n[t]^2)
#! "bad hidden bias of n" : let dz[t] = dh[t] * (h[t-1] - n[t]) * z[t] * (1 - z[t])
#! "bad weight_hh z" : let dh[t] = V' @ e[t] + dh[t+1] * z[t+1] + Whr' @ dr[t+1] + Whz' @ dz[t+1] + Whn' @ (dn[t+1] * r[t+1])
#! "bad weight_hh z" : let dn[t] = dh[t] * (1 - z[t]) * (1 - n[t]^2)
#! "bad weight_hh z" : let dz[t] = dh[t] * (h[t-1] - n[t]) * z[t] * (1 - z[t])
steps T = 4
size  d = 3, m = 4, k = 2
seed  8
input x[t] : d x 1
given y[t] : k x 1 ~ onehot
param Wir, Wiz, Win : m x d
param Whr, Whz, Whn : m x m
param bir, biz, bin, bhn : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
r[t] = sigmoid(Wir @ x[t] + bir + Whr @ h[t-1])
z[t] = sigmoid(Wiz @ x[t] + biz + Whz @ h[t-1])
q[t] = Whn @ h[t-1] + bhn
n[t] = tanh(Win @ x[t] + bin + r[t] * q[t])
h[t] = (1 - z[t]) * n[t] + z[t] * h[t-1]
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))

let e[t]  = softmax(s[t]) - y[t]
let dh[t] = V' @ e[t] + dh[t+1] * (1 - z[t+1]) + Whr' @ dr[t+1] + Whz' @ dz[t+1] + Whn' @ (dn[t+1] * r[t+1])
let dn[t] = dh[t] * z[t] * (1 - n[t]^2)
let dz[t] = dh[t] * (n[t] - h[t-1]) * z[t] * (1 - z[t])
let dr[t] = dn[t] * q[t] * r[t] * (1 - r[t])
claim "ok V": grad(V) = sum(t, e[t] @ h[t]')
claim "bad h": grad(h[t]) = dh[t]
claim "bad hidden bias of n": grad(bhn) = sum(t, dn[t] * r[t])
claim "bad weight_hh z": grad(Whz) = sum(t, dz[t] @ h[t-1]')
