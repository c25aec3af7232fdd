# A latent with the reparametrisation and its KL term.
#! "bad 1" : claim grad(z) = D' @ (xr - x)
#! "bad 2" : claim grad(mu) = grad(z) + mu
#! "bad 3" : claim grad(lv) = grad(z) * eps * exp(lv / 2) / 2 - (1 - exp(lv)) / 2
#! "bad 4" : claim grad(lv) = grad(z) * eps * exp(lv / 2) / 2 - (1 - exp(lv)) / 2
#! "bad 5" : claim grad(Ws) = grad(lv) @ x'
#! "bad 6" : claim grad(D) = (xr - x) @ z'
size n = 3, d = 2
seed 56
given x : n x 1
given eps : d x 1
param Wm, Ws : d x n
param D : n x d
mu = Wm @ x
lv = Ws @ x
z = mu + exp(lv / 2) * eps
xr = D @ z
kl = -sum(1 + lv - mu^2 - exp(lv)) / 2
loss sum((xr - x)^2) / 2 + kl
claim "bad 1": grad(z) = D' @ (x - xr)
claim "bad 2": grad(mu) = grad(z) + 2 * mu
claim "bad 3": grad(lv) = grad(z) * eps * exp(lv / 2) - (1 - exp(lv)) / 2
claim "bad 4": grad(lv) = grad(z) * eps * exp(lv / 2) / 2 - (1 + exp(lv)) / 2
claim "bad 5": grad(Ws) = grad(z) @ x'
claim "bad 6": grad(D) = (xr - x) @ mu'
