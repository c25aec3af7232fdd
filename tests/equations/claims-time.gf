# Indices beyond the ends, lets in whatever order their indices need, steps with a line of their own.
title "time"
steps T = 4
size n = 3, m = 2
seed 9

input x[t] : n x 1
param U : m x m ~ normal(0, 0.4)
param W : m x n
start h[0] : m x 1 ~ normal(0, 1)
start b[T+1] : m x 1 = 0

h[t] = tanh(U @ h[t-1] + W @ x[t])
b[t] = tanh(U @ b[t+1] + W @ x[t])     # backward in time
s[t] = sum(h[t] * b[t])
loss sum(t, s[t])

# --- beyond the ends: zeros of the shape that the name has ---

claim x[T+1] = zeros(n, 1)                                                    # expect: holds
claim x[0] = 0                                                                # expect: holds
claim x[-7] = 0                                                               # expect: holds
claim h[T+1] = zeros(m, 1)                                                    # expect: holds
claim grad(h[T+1]) = zeros(m, 1)                                              # expect: holds
claim jacobian(h[T+1], h[T]) = zeros(m, m)                                    # expect: holds
claim jacobian(h[T], h[T+1]) = zeros(m, m)                                    # expect: holds
claim jacobian(h[1], x[0]) = zeros(m, n)                                      # expect: holds
claim "a start is there": h[0] = 0                                            # expect: fails
claim grad(h[0]) = U' @ (grad(h[1]) * (1 - h[1]^2))                           # expect: holds
claim "backward in time": grad(b[t]) = h[t] + U' @ (grad(b[t-1]) * (1 - b[t-1]^2))   # expect: holds
claim "functions as usual": 1 - h[T+1]^2 = ones(m, 1)                         # expect: holds
claim exp(x[T+1]) = ones(n, 1)                                                # expect: holds
claim grad(s[T+1]) = 0                                                        # expect: holds
claim grad(h[1], s[T+1]) = 0                                                  # expect: holds
claim "of an expression": grad(h[T], sum(h[T+1]) + sum(h[T])) = ones(m, 1)    # expect: holds
claim "held beyond": jacobian(h[1], h[0] | h[T+1]) = jacobian(h[1], h[0])     # expect: holds

# --- lets ---

let dh[t]  = b[t] + U' @ da[t+1]
let da[t]  = dh[t] * (1 - h[t]^2)
let up[t]  = up[t-1] + x[t]
let last[t] = last[t+1]
let last[T] = x[T]
let zero[t] = zero[t+1] + x[t]
let zero[T] = 0
let lone[t] = 2 * x[t]
let one = W @ x[1]
let five = 5
let nothing[t] = nothing[t+1] @ U * 2
let ones_everywhere[t] = 1 - 0 * x[t]
let swing[t] = swing[5-t] + t * x[t]
let swing[3] = x[3]
let swing[4] = x[4]

claim grad(h[t]) = dh[t]                                                      # expect: holds
claim grad(U) = sum(t, da[t] @ h[t-1]' + (grad(b[t]) * (1 - b[t]^2)) @ b[t+1]')   # expect: holds
claim up[t] = sum(j, 1..t, x[j])                                              # expect: holds
claim last[t] = x[T]                                                          # expect: holds
claim zero[T] = zeros(n, 1)                                                   # expect: holds
claim zero[1] = x[1] + x[2] + x[3]                                            # expect: holds
claim sum(j, 2..T, lone[j]) = 2 * (x[2] + x[3] + x[4])                        # expect: holds
claim one = W @ x[1]                                                          # expect: holds
claim five = 5                                                                # expect: holds
claim five * x[t] = x[t] * 5                                                  # expect: holds
claim swing[1] = x[1] + x[4]                                                  # expect: holds
claim swing[2] = x[3] + 2 * x[2]                                              # expect: holds
claim da[T+1] = zeros(m, 1)                                                   # expect: holds
claim dh[0] = zeros(m, 1)                                                     # expect: holds
claim "whatever its right side would give": ones_everywhere[T+1] = zeros(n, 1)   # expect: holds
claim "a function of it": 1 - da[T+1] = ones(m, 1)                            # expect: holds
claim "nothing at all": nothing[t] = 0                                        # expect: holds

# --- a zero of any shape: added, it changes nothing; a product with it is one ---

let r[t] = x[t] + r[t+1]
let rm[t] = W' @ W @ rm[t+1] + x[t]
let rs[t] = 2 * rs[t+1] - x[t]
let rt[t] = (x[t]' + rt[t+1]')'
let re[t] = x[t] * re[t+1] + x[t]
let rn[t] = -rn[t+1] + x[t]
let rd[t] = rd[t+1] / 2 + x[t]

let rx[t] = max(0, rx[t+1] + x[t])
let rw[t] = where(rw[t+1] > 0, rw[t+1], x[t] * x[t])
let ru[t] = x[t] * (ru[t+1] >= 0) + ru[t+1]

claim rx[T-1] = max(0, max(0, x[T]) + x[T-1])                                 # expect: holds
claim rw[1] = x[T] * x[T]                                                     # expect: holds
claim ru[T] = x[T]                                                            # expect: holds
claim r[1] = sum(t, x[t])                                                     # expect: holds
claim rm[T-1] = W' @ W @ x[T] + x[T-1]                                        # expect: holds
claim rs[T-1] = -2 * x[T] - x[T-1]                                            # expect: holds
claim rt[T-1] = x[T-1] + x[T]                                                 # expect: holds
claim re[T-1] = x[T-1] * x[T] + x[T-1]                                        # expect: holds
claim rn[T-1] = x[T-1] - x[T]                                                 # expect: holds
claim rd[T-1] = x[T-1] + x[T] / 2                                             # expect: holds

# --- index names hide others inside their own expression ---

claim "n is a size outside": sum(n, 1..2, n * ones(1, 1)) + n = 6             # expect: holds
claim "h is a name with time": sum(h, 1..T, h * h[h]) = h[1] + 2 * h[2] + 3 * h[3] + 4 * h[4]   # expect: holds
claim "for, too": x[n] = x[n]  for n = 1..T                                   # expect: holds
