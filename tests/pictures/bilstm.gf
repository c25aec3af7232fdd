title "Bidirectional LSTM"
steps T = 5
size n = 3, m = 4, k = 2
input x[t] : 1 x n
given y[t] : 1 x k ~ onehot
param Ufa, Uia, Uga, Uoa, Ufb, Uib, Ugb, Uob : n x m
param Wfa, Wia, Wga, Woa, Wfb, Wib, Wgb, Wob : m x m
param bfa, bia, bga, boa, bfb, bib, bgb, bob : 1 x m
param V : 2*m x k
param d : 1 x k
start ha[0] : 1 x m = 0
start ca[0] : 1 x m = 0
start hb[T+1] : 1 x m = 0
start cb[T+1] : 1 x m = 0
fa[t] = sigmoid(x[t] @ Ufa + ha[t-1] @ Wfa + bfa)
ia[t] = sigmoid(x[t] @ Uia + ha[t-1] @ Wia + bia)
ga[t] = tanh(x[t] @ Uga + ha[t-1] @ Wga + bga)
oa[t] = sigmoid(x[t] @ Uoa + ha[t-1] @ Woa + boa)
ca[t] = fa[t] * ca[t-1] + ia[t] * ga[t]
ha[t] = oa[t] * tanh(ca[t])
fb[t] = sigmoid(x[t] @ Ufb + hb[t+1] @ Wfb + bfb)
ib[t] = sigmoid(x[t] @ Uib + hb[t+1] @ Wib + bib)
gb[t] = tanh(x[t] @ Ugb + hb[t+1] @ Wgb + bgb)
ob[t] = sigmoid(x[t] @ Uob + hb[t+1] @ Wob + bob)
cb[t] = fb[t] * cb[t+1] + ib[t] * gb[t]
hb[t] = ob[t] * tanh(cb[t])
h[t] = [ha[t], hb[t]]
z[t] = h[t] @ V + d
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])
