# Matrix calculus with vec and kron.
#! "bad 1" : claim jacobian(z, W) = kron(eye(m), x')
#! "bad 2" : claim jacobian(o, h) = A
#! "bad 3" : claim jacobian(h, W) = diag(1 - h^2) @ kron(eye(m), x')
#! "bad 4" : claim vec(grad(W)) = jacobian(z, W)' @ grad(z)
#! "bad 5" : claim jacobian(o, z) = A @ diag(1 - h^2)
#! "bad 6" : claim grad(x) = W' @ ((1 - h^2) * (A' @ (o - y)))
size n = 3, m = 2
seed 70
input x : n x 1
given y : m x 1
param W : m x n
param A : m x m
z = W @ x
h = tanh(z)
o = A @ h
loss sum((o - y)^2) / 2
claim "bad 1": jacobian(z, W) = kron(x', eye(m))
claim "bad 2": jacobian(o, h) = A'
claim "bad 3": jacobian(h, W) = (1 - h^2)' @ kron(eye(m), x')
claim "bad 4": vec(grad(W)) = jacobian(z, W) @ grad(z)
claim "bad 5": jacobian(o, z) = diag(1 - h^2) @ A
claim "bad 6": grad(x) = W' @ (A' @ ((1 - h^2) * (o - y)))
