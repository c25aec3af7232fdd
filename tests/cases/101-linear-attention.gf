# A memory that is a matrix: S = λ S_prev + v k', read out by q (linear attention). Order of the outer products, the decay, and the gradient that comes
# through the reading only.
#! "bad Wv" : let dS[t] = do[t] @ q[t]' + λ * dS[t+1]
#! "bad Wk" : let dk[t] = dS[t]' @ v[t]
#! "bad Wk" : let dS[t] = do[t] @ q[t]' + λ * dS[t+1]
#! "bad Wq" : claim grad(q[t]) = S[t]' @ do[t]
#! "bad decay" : claim grad(λ) = sum(t, sum(grad(S[t]) * S[t-1]))
steps T = 5
size n = 2, d = 3, p = 4
seed 241
input x[t] : n x 1
given y[t] : p x 1
param Wk, Wq : d x n
param Wv : p x n
param λ : 1 x 1 = 0.8
start S[0] : p x d ~ normal(0, 1)
k[t] = Wk @ x[t]
q[t] = Wq @ x[t]
v[t] = Wv @ x[t]
S[t] = λ * S[t-1] + v[t] @ k[t]'
o[t] = S[t] @ q[t]
loss sum(t, mse(o[t], y[t]))
let do[t] = 2 / p * (o[t] - y[t])
let dS[t] = do[t] @ q[t]' + dS[t+1]
let dv[t] = dS[t] @ k[t]
let dk[t] = (v[t]' @ dS[t+1])'
claim "ok o": grad(o[t]) = do[t]
claim "bad Wv": grad(Wv) = sum(t, dv[t] @ x[t]')
claim "bad Wk": grad(Wk) = sum(t, dk[t] @ x[t]')
claim "bad Wq": grad(q[t]) = S[t-1]' @ do[t]
claim "bad decay": grad(λ) = sum(t, sum(grad(S[t]) * S[t]))
