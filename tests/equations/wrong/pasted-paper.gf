# What people paste from a paper.
steps T = 3
size  n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
h_t = tanh(U x_t + W h_{t-1})
a(t) = W h(t)
bₜ = W @ hₜ₋₁
c[t] = W × h[t] + 2 × h[t]
d[t] = √(h[t]) + ‖h[t]‖ + |h[t]|
e[t] = h[t] ⊗ h[t]
f[t] = h[t] – 1
g[t] = W @ h[t], t = 1, …, T
K ∈ ℝ^{m×n}
loss ∑_t mse(V @ h[t], y[t])
claim dL/dW = ∑_{t=1}^{T} dL/dh[t] h[t-1]'
claim ∂L/∂W ≈ 0
claim ∂h[t]/∂h[t-1] = diag(1 - h[t]^2) @ W
claim ∂h_t/∂h_{t-1} = W⊤
claim d(L)/d(W) = ∇W
claim dL_dW = 0
claim grad(loss, W) = 0
claim grad(L, W) = 0
claim grad(sum(h[T]), W) = 0
claim x_T = x_2
claim W^T h_t = e^x_t
claim W⁻¹ = 0
claim ∏ W = ∑_j W
# error 10:14 x_t is one step: an index stands in [ ]: write x[t]
# error 11:1 a(t) is one step: an index stands in [ ]: write a[t]
# error 12:10 hₜ₋₁ is one step: an index stands in [ ]: write h[t-1]
# error 13:10 × is the sign of a shape: a @ b is the matrix product, a * b element by element: write a @ b, or a * b
# error 14:8 √(h[t]) is the square root: write sqrt(h[t])
# error 15:8 h[t] ⊗ h[t] is the outer product of two columns: write h[t] @ h[t]'
# error 16:13 – is a dash, not the sign of minus: write -
# error 17:16 , t = 1, …, T is said by [t]: an equation holds for every t = 1..T: leave it out
# error 18:1 K ∈ ℝ^{a × b} is a declaration: write param K : m x n
# error 19:6 ∑_t e is a sum over the steps: write sum(t, e)
# error 20:15 ∑_{t = a}^{b} e is a sum over a range: write sum(t, a..b, e)
# error 21:7 ∂L/∂W is the gradient of the loss: write grad(W)
# error 22:7 ∂h[t]/∂h[t-1] is a Jacobian: write jacobian(h[t], h[t-1])
# error 23:7 ∂h_t/∂h_{t-1} is a Jacobian: write jacobian(h[t], h[t-1])
# error 24:19 ∇W is the gradient of the loss: write grad(W)
# error 26:7 grad(loss, W) is the gradient of the loss, by what stands first in grad(v) or grad(v, s): write grad(W)
# error 30:11 h_t is one step: an index stands in [ ]: write h[t]
# error 31:8 ⁻¹ is an inverse, which no operation works out: multiply the equation by the matrix, or declare the inverse as a param
# error 32:7 ∏ is a product over a range: write prod(j, A..B, e)
# claim error 25:7 dL_dW is the gradient of the loss: write grad(W)
# claim error 27:7 grad(L, W) is the gradient of the loss, by what stands first in grad(v) or grad(v, s): write grad(W)
# claim error 28:7 grad(sum(…), W) is the gradient by what stands first in grad(v, s): write grad(W, sum(…))
# claim error 29:7 x_T is the last step: an index stands in [ ]: write x[T]
