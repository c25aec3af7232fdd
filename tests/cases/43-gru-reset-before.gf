# GRU, reset gate before the product; one let a line, nothing right beside them to copy. dW of the candidate with h[t-1] for r h[t-1]; the update gate's sign; tanh' at the candidate already squashed.
#! "bad 1 Ug" : claim grad(Ug) = sum(t, dag[t] @ (r[t] * h[t-1])')
#! "bad 2 az" : let daz[t] = grad(h[t]) * (g[t] - h[t-1]) * z[t] * (1 - z[t])
#! "bad 3 ar" : let dar[t] = (Ug' @ dag[t]) * h[t-1] * r[t] * (1 - r[t])
#! "bad 4 h" : claim grad(h[t]) = V' @ ds[t] + grad(h[t+1]) * (1 - z[t+1]) + r[t+1] * (Ug' @ dag[t+1]) + Uz' @ grad(az[t+1]) + Ur' @ grad(ar[t+1])
#! "bad 5 h carry" : claim grad(h[t]) = V' @ ds[t] + grad(h[t+1]) * (1 - z[t+1]) + r[t+1] * (Ug' @ dag[t+1]) + Uz' @ grad(az[t+1]) + Ur' @ grad(ar[t+1])
#! "bad 6 no d_h" : claim grad(h[t]) = V' @ ds[t] + grad(h[t+1]) * (1 - z[t+1]) + r[t+1] * (Ug' @ dag[t+1]) + Uz' @ grad(az[t+1]) + Ur' @ grad(ar[t+1])
#! "bad 7 tanh' of tanh" : claim grad(ag[t]) = grad(h[t]) * z[t] * (1 - g[t]^2)
#! "bad 8 Ur" : claim grad(Ur) = sum(t, grad(ar[t]) @ h[t-1]')
steps T = 4
size n = 3, m = 4, k = 3
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param Wz, Wr, Wg : m x n
param Uz, Ur, Ug : m x m
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
az[t] = Wz @ x[t] + Uz @ h[t-1]
ar[t] = Wr @ x[t] + Ur @ h[t-1]
z[t] = sigmoid(az[t])
r[t] = sigmoid(ar[t])
ag[t] = Wg @ x[t] + Ug @ (r[t] * h[t-1])
g[t] = tanh(ag[t])
h[t] = (1 - z[t]) * h[t-1] + z[t] * g[t]
s[t] = V @ h[t]
loss sum(t, cross_entropy(s[t], y[t]))
let ds[t] = softmax(s[t]) - y[t]
let dag[t] = grad(h[t]) * z[t] * (1 - g[t]^2)
claim "ok g": grad(ag[t]) = dag[t]
let daz[t] = grad(h[t]) * (h[t-1] - g[t]) * z[t] * (1 - z[t])
let dar[t] = (Ug' @ dag[t]) * h[t] * r[t] * (1 - r[t])
claim "bad 1 Ug": grad(Ug) = sum(t, dag[t] @ h[t-1]')
claim "bad 2 az": grad(az[t]) = daz[t]
claim "bad 3 ar": grad(ar[t]) = dar[t]
claim "bad 4 h": grad(h[t]) = V' @ ds[t] + grad(h[t+1]) * (1 - z[t+1]) + Ug' @ dag[t+1] + Uz' @ grad(az[t+1]) + Ur' @ grad(ar[t+1])
claim "bad 5 h carry": grad(h[t]) = V' @ ds[t] + grad(h[t+1]) * z[t+1] + r[t+1] * (Ug' @ dag[t+1]) + Uz' @ grad(az[t+1]) + Ur' @ grad(ar[t+1])
claim "bad 6 no d_h": grad(h[t]) = V' @ ds[t] + (1 - z[t+1]) + r[t+1] * (Ug' @ dag[t+1]) + Uz' @ grad(az[t+1]) + Ur' @ grad(ar[t+1])
claim "bad 7 tanh' of tanh": grad(ag[t]) = grad(h[t]) * z[t] * tanh'(g[t])
claim "bad 8 Ur": grad(Ur) = sum(t, grad(ar[t]) @ (r[t] * h[t-1])')
