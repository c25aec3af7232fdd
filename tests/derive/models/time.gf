# Steps in every order: fixed ones, ranges, both directions, starts with an equation, and what no loop can compute.
title "Time"
steps T = 4
size n = 3, m = 2
seed 9

input x[t] : n x 1
input p[t], q[t], r[t], u[t], v[t], y[t] : m x 1
input w : m x 1
param W : m x n
param A : m x m ~ normal(0, 0.4)
start h[0] : m x 1 = 0.5
start c[0] : m x 1 ~ normal(0, 1)
start b[T+1] : m x 1 = 0
start s[0] = tanh(A @ h[T])
start p[0] : m x 1 = 0.25

h[t] = tanh(A @ h[t-1] + W @ x[t])
c[t] = c[t-1] / 2 + h[t]
b[t] = tanh(A @ b[t+1] + h[t])
s[t] = tanh(A @ s[t-1] + p[t-1])
e[t] = s[t] + h[T+1-t] + h[T] * h[1]                 # mirrored, fixed
H = [h[1], h[2], h[3], h[4]]
k[t] = sum(j, 1..t-1, h[j]) + sum(j, t..T, j * b[j]) + H @ ones(4, 1)
o[t] = prod(j, t downto 2, A) @ c[t] + prod(j, t+1..T, A) @ c[1]
g[t] = sum(j, 1..t-1, g[j]) / 3 + w                  # from all before
f[t] = tanh(sum(j, t+1..T, f[j]) + w)                # from all behind
loss sum(t, sum(q[t] * e[t]) + sum(r[t] * k[t]) + sum(u[t] * o[t]) + sum(v[t] * g[t]) + sum(y[t] * f[t])) + sum(p[T] * w)

claim grad(q[t]) = e[t]
claim grad(r[t]) = k[t]
claim grad(u[t]) = o[t]
claim grad(v[t]) = g[t]
claim grad(y[t]) = f[t]

# --- lets ---

let ds[t] = q[t] + A' @ das[t+1]
let das[t] = ds[t] * (1 - s[t]^2)
claim grad(p[t]) = das[t+1] + up[t] for t = 1..T-1
claim grad(p[T]) = w + up[T]
claim grad(p[0]) = das[1]

# Zero, in lets that no loop can compute: a step of their own, a mirror, a step that is 2 t.
let swing[t] = swing[5-t] + t * q[t]
let swing[3] = q[3]
let swing[4] = q[4]
let twice[t] = twice[2*t] + swing[t]
let up[t] = 0 * up[t-1] + (swing[t] - swing[t]) + 0 * twice[t] + last[t] - last[t]
let last[t] = last[t+1] + 1 * q[t]
let last[T] = q[T]
let fixed[T] = q[T]
let dw = p[T] + sum(t, v[t] * (4/3)^(t-1)) + sum(t, dv[t])
let dg[t] = v[t] + sum(j, t+1..T, dg[j]) / 3
let df[t] = (y[t] + sum(j, 1..t-1, df[j])) * (1 - f[t]^2)
let dv[t] = dg[t] + df[t] - v[t] * (4/3)^(t-1) + fixed[T] - fixed[T]
claim grad(w) = dw
