# Data Science SE: softmax and cross-entropy differentiated one after the other do not give p - y. The Jacobian of the softmax was filled
# with the logits (z_i (1 - z_i), - z_i z_j) where its outputs belong. On top of attention over the states of an RNN; the attention's own
# softmax is done right.
#! "bad logits" : let J = diag(p) - p @ p'
#! "bad V" : let J = diag(p) - p @ p'
#! "bad attention" : let J = diag(p) - p @ p'
steps T = 5
size  n = 3, m = 4, k = 6
seed  8
input x[t] : n x 1
given y : k x 1 ~ onehot
param U : m x n
param W : m x m
param w : m x 1
param V : k x m
start h[0] : m x 1 ~ normal(0, 1)
h[t] = tanh(U @ x[t] + W @ h[t-1])
H  = hcat(j, 1..T, h[j])
e  = H' @ w
al = softmax(e)
c  = H @ al
z  = V @ c
p  = softmax(z)
loss -sum(y * log(p))
let dp = -y / p
let J  = diag(z) - z @ z'
let dz = J' @ dp
let dc = V' @ dz
let de = (diag(al) - al @ al') @ H' @ dc
claim "ok probabilities": grad(p) = dp
claim "ok attention's softmax": jacobian(al, e) = diag(al) - al @ al'
claim "bad logits": grad(z) = dz
claim "bad V": grad(V) = dz @ c'
claim "bad attention": grad(w) = H @ de
