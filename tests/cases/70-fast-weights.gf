# A matrix for a state, written by outer products (linear attention): read and write turned, decay forgotten.
#! "bad v" : let dS[t] = do[t] @ q[t]' + 0.9 * dS[t+1]
#! "bad k" : let dS[t] = do[t] @ q[t]' + 0.9 * dS[t+1]
#! "bad k" : claim grad(k[t]) = dS[t]' @ v[t]
#! "bad q" : claim grad(q[t]) = S[t]' @ do[t]
steps T = 5
size m = 3, p = 4
input k[t] : p x 1
input v[t] : m x 1
input q[t] : p x 1
given y[t] : m x 1
start S[0] : m x p
S[t] = 0.9 * S[t-1] + v[t] @ k[t]'
o[t] = S[t] @ q[t]
loss sum(t, sum((o[t] - y[t])^2))
let do[t] = 2 * (o[t] - y[t])
let dS[t] = do[t] @ q[t]' + dS[t+1]
claim "bad v": grad(v[t]) = dS[t] @ k[t]
claim "bad k": grad(k[t]) = v[t]' @ dS[t]
claim "bad q": grad(q[t]) = S[t] @ do[t]
