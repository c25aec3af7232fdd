# Additive attention over an encoder's states (side by side in H), by hand. Three slips: softmax's backward is "a * (1 - a)", entry by
# entry; the query is added to every column, but its error is taken from the first column only; an encoder's state gets what comes through
# the context, not what comes through the scores.
#! "bad scores" : let de[t] = al[t] * (dal[t] - sum(dal[t] * al[t]))
#! "bad scores" : let dq[t] = rowsum(dR[t])
#! "bad v" : let de[t] = al[t] * (dal[t] - sum(dal[t] * al[t]))
#! "bad v" : let dq[t] = rowsum(dR[t])
#! "bad Ua" : let de[t] = al[t] * (dal[t] - sum(dal[t] * al[t]))
#! "bad Ua" : let dq[t] = rowsum(dR[t])
#! "bad Wa" : let de[t] = al[t] * (dal[t] - sum(dal[t] * al[t]))
#! "bad Wa" : let dq[t] = rowsum(dR[t])
#! "bad decoder state" : let de[t] = al[t] * (dal[t] - sum(dal[t] * al[t]))
#! "bad decoder state" : let dq[t] = rowsum(dR[t])
#! "bad H" : let de[t] = al[t] * (dal[t] - sum(dal[t] * al[t]))
#! "bad H" : let dq[t] = rowsum(dR[t])
#! "bad H" : let dH = sum(t, dctx[t] @ al[t] + Ua' @ dR[t])
steps T = 4
size  n = 6, m = 3, p = 5, k = 2
seed  16
input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param U : m x n
param W : m x m
param Ws : m x m
param Wa, Ua : p x m
param v : 1 x p
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
start s[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
H = hcat(j, 1..T, h[j])
R[t] = tanh(Wa @ s[t-1] + Ua @ H)
e[t] = v @ R[t]
al[t] = softmax(e[t])
ctx[t] = H @ al[t]'
s[t] = tanh(ctx[t] + Ws @ s[t-1])
l[t] = V @ s[t]
loss sum(t, cross_entropy(l[t], y[t]))

let dl[t] = softmax(l[t]) - y[t]
let ds[t] = V' @ dl[t] + Ws' @ dctx[t+1] + Wa' @ dq[t+1]
let dctx[t] = ds[t] * (1 - s[t]^2)
let dal[t] = dctx[t]' @ H
let de[t] = dal[t] * al[t] * (1 - al[t])
let dR[t] = (v' @ de[t]) * (1 - R[t]^2)
let dq[t] = cols(dR[t], 1, 1)
let dH = sum(t, dctx[t] @ al[t])
claim "ok V": grad(V) = sum(t, dl[t] @ s[t]')
claim "bad scores": grad(e[t]) = de[t]
claim "bad v": grad(v) = sum(t, de[t] @ R[t]')
claim "bad Ua": grad(Ua) = sum(t, dR[t] @ H')
claim "bad Wa": grad(Wa) = sum(t, dq[t] @ s[t-1]')
claim "bad decoder state": grad(s[t]) = ds[t]
claim "bad H": grad(H) = dH
