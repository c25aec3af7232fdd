# A penalty that keeps W orthogonal: of its gradient 4 W (W'W - I) the 2 of the second factor is forgotten, or the order of the product.
#! "bad 1 two" : claim grad(W) = sum(t, da[t] @ h[t-1]') + 4 * lam * W @ (W' @ W - eye(m))
#! "bad 2 turned" : claim grad(W) = sum(t, da[t] @ h[t-1]') + 4 * lam * W @ (W' @ W - eye(m))
#! "bad 3 only penalty" : claim grad(W) = sum(t, da[t] @ h[t-1]') + 4 * lam * W @ (W' @ W - eye(m))
steps T = 4
size n = 3, m = 4
seed 239
input x[t] : n x 1
given y : m x 1
given lam : 1 x 1 = 0.05
param U : m x n
param W : m x m
start h[0] : m x 1 = 0
h[t] = tanh(U @ x[t] + W @ h[t-1])
loss sum((h[T] - y)^2) / 2 + lam * sum((W' @ W - eye(m))^2)
let da[t] = grad(h[t]) * (1 - h[t]^2)
claim "ok other order": grad(W) = sum(t, da[t] @ h[t-1]') + 4 * lam * (W @ W' - eye(m)) @ W
claim "bad 1 two": grad(W) = sum(t, da[t] @ h[t-1]') + 2 * lam * W @ (W' @ W - eye(m))
claim "bad 2 turned": grad(W) = sum(t, da[t] @ h[t-1]') + 4 * lam * (W' @ W - eye(m)) @ W
claim "bad 3 only penalty": grad(W) = 4 * lam * W @ (W' @ W - eye(m))
