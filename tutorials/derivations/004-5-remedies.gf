# 004_679c7ae67a4d2780.txt: section 5, remedies.
#
# Columns; each column of x_t is an example, two mini-batches A and B of one example each. e explodes (3 times an
# orthogonal matrix, small inputs), p vanishes (0.3 times an orthogonal matrix), r is p with a skip connection.
# The loss looks at the last step.
#
# Found: clipping and skip connections do what is said; accumulating gradients adds up mini-batches, and what vanishes
# in each vanishes in the sum.
#
# Not expressible: none.

title "004: remedies"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, outputs
seed  1

input x[t] : M x 2
given y : N x 2
param W_e : D x D ~ orthogonal(3)
param W : D x D ~ orthogonal(0.3)
param U : D x M
param b_e : D x 1 = 0
param V : N x D
start e[0] : D x 2 = 0
start p[0] : D x 2 = 0
start r[0] : D x 2 = 0

e[t] = tanh(W_e @ e[t-1] + 1e-4 * (U @ x[t]) + b_e)
p[t] = tanh(W @ p[t-1] + U @ x[t])
r[t] = r[t-1] + tanh(W @ r[t-1] + U @ x[t])
Q = (V @ p[T] - y)^2
A = sum(cols(Q, 1, 1))
B = sum(cols(Q, 2, 2))

loss A + B + sum((V @ e[T] - y)^2) + sum((V @ r[T] - y)^2)

# gradient clipping: the gradient scaled down to norm 1 where it is larger
claim "004-38 clipping, the case": norm(grad(b_e)) > 1
claim "004-38 clipping": norm(grad(b_e) * clip(1 / norm(grad(b_e)), 0, 1)) <= 1  within 1e-12
claim "004-38 clipping keeps the direction": unit(grad(b_e) * clip(1 / norm(grad(b_e)), 0, 1)) = unit(grad(b_e))

# 累积 ... (gradient accumulation): the gradients of the mini-batches are added up
claim "004-39 accumulation adds up": grad(W, A + B) = grad(W, A) + grad(W, B)
# As a remedy: the accumulated share of the first step is above what vanishing leaves of it
claim "004-39 accumulation against vanishing":
      norm(grad(U[1], A) + grad(U[1], B)) > 0.3^(T-1) * norm(grad(p[T], A + B)) * norm(x[1])
# What has vanished in each mini-batch has vanished in their sum.
claim "004-39 corrected":
      norm(grad(U[1], A) + grad(U[1], B)) <= 0.3^(T-1) * norm(grad(p[T], A + B)) * norm(x[1])

# 跳连 (skip connection)、残差网络 (residual network): r_t = r_{t-1} + F(r_{t-1})
claim "004-40 a skip connection adds the identity":
      jacobian(r[t], r[t-1]) = eye(2*D) + jacobian(tanh(W @ r[t-1] + U @ x[t]), r[t-1])
claim "004-40 without it the product vanishes": norm2(jacobian(p[T], p[t])) <= 0.3^(T-t)  for t = 1..T-1
claim "004-40 with it the product stays": norm2(jacobian(r[T], r[t])) >= 0.7^(T-t)  for t = 1..T-1
