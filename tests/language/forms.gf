# An LSTM whose four gates stand in one matrix, and whose first state is trained: most forms of the language.

title "All gates in one matrix"

steps T = 4
size  n = 3, m = 2, k = 5
size  g = 4*m
seed  3

input x[t] : n x 1 = csv("inputs.csv")
given y[t] : k x 1 ~ onehot
given A : 2 x 3 = [1, 2, 3; 4, 5, 6]
input s[t] : 1 x 1 = {0.5, 1, 1, 2}
param W : g x m+n ~ orthogonal(0.9)
param b : g x 1 = 0.1
param V, Z : k x m ~ xavier
param h0, c0 : m x 1
start h[0] = tanh(h0)
start c[0] = c0

v[t] = W @ [h[t-1]; x[t]] + b          # every gate's pre-activation, on top of each other
f[t] = σ(rows(v[t], 1, m))
i[t] = σ(rows(v[t], m+1, 2*m))
o[t] = σ(rows(v[t], 2*m+1, 3*m))
c̃[t] = tanh(rows(v[t], 3*m+1, g))
c[t] = f[t] ∘ c[t-1] + i[t] ∘ c̃[t]
h[t] = o[t] ∘ tanh(c[t])

u[t] = V @ h[t] + Z @ h[T]             # the last state is seen from every step
L[t] = s[t] * cross_entropy(u[t], y[t])

loss sum(t, L[t]) / T + 0.01 * sum(W^2)

let du[t] = s[t] * (softmax(u[t]) - y[t]) / T
let dv[t] = [df[t]; di[t]; do[t]; dg[t]]
let Wh    = cols(W, 1, m)
let dh[t] = Vᵀ @ du[t] + Whᵀ @ dv[t+1]
let dh[T] = Vᵀ @ du[T] + Zᵀ @ sum(t, du[t])
let dc[t] = dh[t] ∘ o[t] ∘ (1 - tanh(c[t])²) + dc[t+1] ∘ f[t+1]
let df[t] = dc[t] ∘ c[t-1] ∘ f[t] ∘ (1 - f[t])
let di[t] = dc[t] ∘ c̃[t] ∘ i[t] ∘ (1 - i[t])
let do[t] = dh[t] ∘ tanh(c[t]) ∘ o[t] ∘ (1 - o[t])
let dg[t] = dc[t] ∘ i[t] ∘ (1 - c̃[t]²)

claim "all the weights": grad(W) = sum(t, dv[t] @ [h[t-1]; x[t]]') + 0.02 * W
claim "first cell state": grad(c0) = dc[1] * f[1]
claim "first state":      grad(h0) = (1 - tanh(h0)^2) * (Wh' @ dv[1])
claim "along the cell":   jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t])
claim "the gates' range": 0 <= f[t] <= 1
claim "the last one":     grad(L[T]) = 1/T
claim "from the last step": jacobian(L[t], h[T]) = (s[t] * (softmax(u[t]) - y[t]))' @ Z  for t = 1..T-1
