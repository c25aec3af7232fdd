# A param of its own at each step: every gradient is that of one step's matrix.
steps T = 4
size n = 2, m = 3
input x[t] : 1 x n
given y[t] : 1 x m
given mask[t] : 1 x m
param U[t] : n x m
param W[t] : m x m
param b : 1 x m
start h[0] : 1 x m ~ uniform(-1, 1)
start U[0] : n x m = 0.25
start W[0] = W[1] / 2
a[t] = x[t] @ U[t] + h[t-1] @ W[t] + b + (h[t-1] * mask[t]) @ W[t-1] + x[t] @ U[t-1]
h[t] = tanh(a[t])
loss sum(t, mse(h[t], y[t])) + sum(U[T]^2)

let da[t] = (2 * (h[t] - y[t]) / m + da[t+1] @ W[t+1]' + (da[t+1] @ W[t]') * mask[t+1]) * (1 - h[t]^2)
let dU[t] = x[t]' @ da[t] + x[t+1]' @ da[t+1]
let dU[T] = x[T]' @ da[T] + 2 * U[T]
let dW[t] = h[t-1]' @ da[t] + (h[t] * mask[t+1])' @ da[t+1]
let dW0 = (h[0] * mask[1])' @ da[1]

claim grad(a[t]) = da[t]                                                      # expect: holds
claim grad(U[t]) = dU[t]                                                      # expect: holds
claim grad(W[t]) = dW[t] for t = 2..T                                         # expect: holds
claim grad(W[1]) = dW[1] + dW0 / 2                                            # expect: holds
claim grad(U[0]) = x[1]' @ da[1]                                              # expect: holds
claim grad(W[0]) = dW0                                                        # expect: holds
claim grad(U[0]) = 0                                                          # expect: FAILS
claim grad(U[T+1]) = 0                                                        # expect: holds
claim grad(W[t], sum(h[1])) = 0 for t = 2..T                                  # expect: holds
claim grad(b) = sum(t, da[t])                                                 # expect: holds
claim jacobian(h[t], U[t] | U[t-1]) = kron(x[t], diag(1 - h[t]^2)')           # expect: holds
claim grad(W[t] | U) = grad(W[t])                                             # expect: holds
claim grad(h[T-1] | W[T]) = grad(h[T-1])                                      # expect: holds
claim grad(W) = 0                                                             # expect: error
# error 36:12 W has a time
claim jacobian(h[T], U) = 0                                                   # expect: error
# error 38:22 U has a time
claim sum(U) = 0                                                              # expect: error
# error 40:11 U has a time
claim grad(mask[t]) = 0                                                       # expect: error
# error 42:12 mask is given, and has no gradient: for one, write input for given on line 6
