# 003_e0af891a016c387a.txt: section 1.4, backpropagation through time, and 1.5, vanishing gradients.
#
# Columns; W goes from state to state (D x D) and U from input to state (D x M), the other way round than in 1.3. f is
# tanh, g softmax, L_t the cross-entropy. The outputs' part is in numerator layout: ∂L/∂c is a row there, grad(c)'.
# From ∂L/∂h_T on the article uses denominator layout: a derivative is the transpose of the Jacobian, and the chain
# rule runs from right to left. ∇_v L is grad(v). da/dW is the derivative by the use of W at that step, as the article
# takes it. W is 0.8 times an orthogonal matrix, so its norm is 0.8 ("W^T 的取值较小").
#
# Found: softmax' has the wrong sign off its diagonal (003-14 to 003-17), and 003-19 repairs it by an equality that is
# false; products of two columns lack a transpose (003-09, 003-23); da/dW is no diagonal matrix, but a D²x D one, so
# that the middle forms of ∂L/∂W and ∂L/∂U do not even compose, while their results hold; tanh'(h_{t+1}) is taken at the
# activated value in 1.5. The recursion 003-37, the heart of the article, holds.
#
# Not expressible: none.

title "003: RNN, backward"

steps T = 5
size  M = 2, D = 4, N = 3             # inputs, hidden units, classes
seed  1

input x[t] : M x 1
given y[t] : N x 1 ~ onehot
given u : 1 x 9 = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]     # where a function's range is asked for
param W : D x D ~ orthogonal(0.8)
param U : D x M
param V : N x D
param b : D x 1
param c : N x 1
start h[0] : D x 1 ~ normal(0, 0.5)

a[t] = W @ h[t-1] + U @ x[t] + b
h[t] = tanh(a[t])
o[t] = V @ h[t] + c
ŷ[t] = softmax(o[t])
L[t] = -sum(y[t] * log(ŷ[t]))

loss sum(t, L[t])

# --- forward, as rewritten in 1.4 -----------------------------------------------------------------

# a_t = W h_{t-1} + U x_t + b
claim "003-05 line 1": a[t] = W @ h[t-1] + U @ x[t] + b
claim "003-05 line 1, with the shapes of 1.3": a[t] = reshape(W, D, M) @ h[t-1] + reshape(U, D, D) @ x[t] + b
# 1.3 has U from state to state and W from input to state.
claim "003-05 corrected": a[t] = reshape(W, D, D) @ h[t-1] + reshape(U, D, M) @ x[t] + b

# h_t = f(a_t), o_t = V h_t + c, ŷ_t = g(o_t)
claim "003-06 line 2": h[t] = tanh(a[t])
claim "003-06 line 3": o[t] = V @ h[t] + c
claim "003-06 line 4": ŷ[t] = softmax(o[t])

# 在输出端的 V, c 参数仅与 t 时刻的反向传播通路有关，因此分别求导数后求和即可
claim "003-07 V, step by step": grad(V) = sum(t, grad(V[t], L[t]))
claim "003-07 c, step by step": grad(c) = sum(t, grad(c[t], L[t]))

# 输入端 U, W, b 参数的梯度受到两个反向传播通路的影响: the output of step t, and the hidden state of step t+1
claim "003-08 U, two paths": grad(U[t]) = grad(U[t], L[t]) + grad(U[t] | o[t])
claim "003-08 W, two paths": grad(W[t]) = grad(W[t], L[t]) + grad(W[t] | o[t])
claim "003-08 b, two paths": grad(b[t]) = grad(b[t], L[t]) + grad(b[t] | o[t])

# L = Σ_t L_t = Σ_t [ - y_t ln ŷ_t ]
claim "003-09 loss, 1st form, y_t ln ŷ_t the inner product": sum(t, L[t]) = sum(t, -(y[t]' @ log(ŷ[t])))
claim "003-09 loss, 1st form, y_t ln ŷ_t the matrix product": sum(t, L[t]) = sum(t, -(y[t] @ log(ŷ[t])))
# Two columns: y_t^T.
claim "003-09 corrected": sum(t, L[t]) = sum(t, -y[t]' @ log(ŷ[t]))

# L = - Σ_t Σ_{j=1..N} y_tj ln ŷ_tj
claim "003-10 loss, 2nd form": sum(t, L[t]) = -sum(t, sum(j, 1..N, rows(y[t], j, j) * log(rows(ŷ[t], j, j))))

# --- ∂L/∂c and ∂L/∂V ------------------------------------------------------------------------------

# ∂L/∂c = Σ_t ∂L_t/∂c = Σ_t ∂L_t/∂ŷ_t · ∂ŷ_t/∂o_t · ∂o_t/∂c
claim "003-11 dL/dc, line 1":
      grad(c)' = sum(t, grad(c, L[t])') = sum(t, grad(ŷ[t], L[t])' @ jacobian(ŷ[t], o[t]) @ jacobian(o[t], c))

# = Σ_t -(y_t/ŷ_t) · softmax' · I
claim "003-12 dL/dc, line 2": grad(c)' = sum(t, -(y[t] / ŷ[t])' @ jacobian(ŷ[t], o[t]) @ eye(N))

# 当 j=i 时 softmax' = ŷ_j (1-ŷ_j)
claim "003-13 softmax' for j = i": jacobian(ŷ[t], o[t]) * eye(N) = diag(ŷ[t] * (1 - ŷ[t]))

# 当 j≠i 时 softmax' = ŷ_j ŷ_i
claim "003-14 softmax' for j != i": jacobian(ŷ[t], o[t]) * (1 - eye(N)) = ŷ[t] @ ŷ[t]' * (1 - eye(N))
# Raising one logit lowers the other probabilities: minus.
claim "003-14 corrected": jacobian(ŷ[t], o[t]) * (1 - eye(N)) = -ŷ[t] @ ŷ[t]' * (1 - eye(N))

# ∂L/∂c = Σ_t Σ_j -(y_tj/ŷ_tj) · { ŷ_tj(1-ŷ_tj) if j=i; ŷ_tj ŷ_ti if j≠i }. The braces, j down and i across:
let S[t]  = diag(ŷ[t] * (1 - ŷ[t])) + ŷ[t] @ ŷ[t]' * (1 - eye(N))
let S_c[t] = diag(ŷ[t] * (1 - ŷ[t])) - ŷ[t] @ ŷ[t]' * (1 - eye(N))
claim "003-15 dL/dc, 2nd block, line 1":
      rows(grad(c), i, i) =
      sum(t, sum(j, 1..N, -(rows(y[t], j, j) / rows(ŷ[t], j, j)) * rows(cols(S[t], i, i), j, j)))  for i = 1..N
claim "003-15 corrected":
      rows(grad(c), i, i) =
      sum(t, sum(j, 1..N, -(rows(y[t], j, j) / rows(ŷ[t], j, j)) * rows(cols(S_c[t], i, i), j, j)))  for i = 1..N

# = - Σ_t Σ_j { y_tj(1-ŷ_tj) if j=i; y_tj ŷ_ti if j≠i }
let B[t] = diag(y[t] * (1 - ŷ[t])) + y[t] @ ŷ[t]' * (1 - eye(N))
let B_c[t] = diag(y[t] * (1 - ŷ[t])) - y[t] @ ŷ[t]' * (1 - eye(N))
claim "003-16 dL/dc, 2nd block, line 2": grad(c)' = -sum(t, sum(j, 1..N, rows(B[t], j, j)))
claim "003-16 corrected": grad(c)' = -sum(t, sum(j, 1..N, rows(B_c[t], j, j)))

# = - Σ_t { [0,..,y_tj(1-ŷ_tj),..,0] for j=i; [0,..,y_tj ŷ_ti,..,0] for j≠i }, y_tj = 1 (one-hot)
claim "003-17 dL/dc, 3rd block": grad(c) = -sum(t, y[t] * (1 - ŷ[t]) + (1 - y[t]) * ŷ[t])
claim "003-17 corrected": grad(c) = -sum(t, y[t] * (1 - ŷ[t]) - (1 - y[t]) * ŷ[t])

# j=i: y_tj(1-ŷ_tj) = 1-ŷ_tj = y_tj-ŷ_tj, where y_tj = 1
let y_j[t] = y[t]' @ y[t]
let ŷ_j[t] = y[t]' @ ŷ[t]
claim "003-18 j = i": y_j[t] * (1 - ŷ_j[t]) = 1 - ŷ_j[t] = y_j[t] - ŷ_j[t]

# j≠i: y_tj ŷ_ti = ŷ_ti = y_tj - ŷ_tj, where y_tj = 1; 1 - y_t picks the i that are not j
claim "003-19 j != i, the last index read as i":
      (1 - y[t]) * (y_j[t] * ŷ[t]) = (1 - y[t]) * ŷ[t] = (1 - y[t]) * (y[t] - ŷ[t])
claim "003-19 j != i":
      (1 - y[t]) * (y_j[t] * ŷ[t]) = (1 - y[t]) * ŷ[t] = (1 - y[t]) * (y_j[t] - ŷ_j[t])
# With the minus of 003-14, and y_ti = 0: -ŷ_ti = y_ti - ŷ_ti.
claim "003-19 corrected": (1 - y[t]) * -(y_j[t] * ŷ[t]) = (1 - y[t]) * -ŷ[t] = (1 - y[t]) * (y[t] - ŷ[t])

# ∂L/∂c = - Σ_t (y_tj - ŷ_tj) = Σ_t (ŷ_tj - y_tj)
claim "003-20 dL/dc, result": grad(c) = -sum(t, y[t] - ŷ[t]) = sum(t, ŷ[t] - y[t])

# ∂L/∂V = Σ_t ∂L_t/∂c
claim "003-21 dL/dV, 1st equality": grad(V) = sum(t, grad(c, L[t]))
# A slip of the letter: ∂L_t/∂V.
claim "003-21 corrected": grad(V) = sum(t, grad(V, L[t]))

# = Σ_t ∂L_t/∂ŷ_t · ∂ŷ_t/∂o_t · ∂o_t/∂V
claim "003-22 dL/dV, 2nd equality":
      vec(grad(V))' = sum(t, grad(ŷ[t], L[t])' @ jacobian(ŷ[t], o[t]) @ jacobian(o[t], V))

# = Σ_t (ŷ_t - y_t) h_t
claim "003-23 dL/dV, result, the outer product": grad(V) = sum(t, kron(ŷ[t] - y[t], h[t]'))
claim "003-23 dL/dV, result, the matrix product": grad(V) = sum(t, (ŷ[t] - y[t]) @ h[t])
# Two columns: h_t^T.
claim "003-23 corrected": grad(V) = sum(t, (ŷ[t] - y[t]) @ h[t]')

# 003-24 and 003-25, an HTML comment with another loss: 003-3-html-comment.gf

# --- layouts --------------------------------------------------------------------------------------

# 分子布局、分母布局: 二者结果之间差一个转置
claim "003-26 layouts, a vector by a vector": jacobian(a[t], x[t]) = (jacobian(a[t], x[t])')' = U
claim "003-26 layouts, the loss by a vector": jacobian(L[t], o[t]) = grad(o[t], L[t])'

# ∂(Ax)/∂x = A^T in denominator layout
claim "003-27 d(Ax)/dx": jacobian(U @ x[t], x[t])' = U'

# The printed matrix A, m x n: its last row is A_m1, A_n2, .., A_mn. For A = U, m = D and n = M; its second entry:
claim "003-28 A_n2": rows(cols(U, 2, 2), D, D) = rows(cols(U, 2, 2), M, M)
# A_m2.
claim "003-28 corrected": cols(rows(U, D, D), 2, 2) = rows(cols(U, 2, 2), D, D)

# ∂f(g(u)/∂x = ∂u/∂x · ∂g/∂u · ∂f/∂g. Here u = a_t, g = h_t, f = o_t:
claim "003-29 chain rule, a parenthesis repaired":
      jacobian(o[t], x[t])' = jacobian(a[t], x[t])' @ jacobian(h[t], a[t])' @ jacobian(o[t], h[t])'

# --- the hidden states ----------------------------------------------------------------------------

# ∂L/∂h_T = ∂o_T/∂h_T · ∂L/∂o_T = V^T ∇_{o_T} L
claim "003-30 dL/dh_T": grad(h[T]) = jacobian(o[T], h[T])' @ grad(o[T]) = V' @ grad(o[T])

# ∂L/∂o_T = ∂L/∂ŷ_T · ∂ŷ_T/∂o_T = ŷ_T - y_T
claim "003-31 dL/do_T, numerator layout": grad(o[T])' = grad(ŷ[T])' @ jacobian(ŷ[T], o[T]) = (ŷ[T] - y[T])'
claim "003-31 dL/do_T, denominator layout": grad(o[T]) = grad(ŷ[T]) @ jacobian(ŷ[T], o[T])' = ŷ[T] - y[T]
# In the layout just agreed on, the chain rule runs the other way.
claim "003-31 corrected": grad(o[T]) = jacobian(ŷ[T], o[T])' @ grad(ŷ[T]) = ŷ[T] - y[T]

# 对于 T 时刻之前的任意时刻 t: h_{t+1} = f(a_{t+1}) = f(W h_t + U x_{t+1} + b), o_t = V h_t + c
claim "003-32 h_{t+1}": h[t+1] = tanh(a[t+1]) = tanh(W @ h[t] + U @ x[t+1] + b)  for t = 1..T-1
claim "003-32 o_t": o[t] = V @ h[t] + c  for t = 1..T-1

# ∂L/∂h_t = ∂h_{t+1}/∂h_t · ∂L/∂h_{t+1} + ∂o_t/∂h_t · ∂L_t/∂o_t = ∂h_{t+1}/∂h_t · ∂L/∂h_{t+1} + V^T ∇_{o_t} L
claim "003-33 dL/dh_t":
      grad(h[t]) = jacobian(h[t+1], h[t])' @ grad(h[t+1]) + jacobian(o[t], h[t])' @ grad(o[t], L[t]) =
      jacobian(h[t+1], h[t])' @ grad(h[t+1]) + V' @ grad(o[t])

# ∂h_t/∂a_t, entry (i,j) ∂h_j/∂a_i, = diag(f'(a_t))
claim "003-34 dh_t/da_t": jacobian(h[t], a[t])' = diag(tanh'(a[t]))

# tanh' = 1 - tanh²; ∂h_{t+1}/∂a_{t+1} = diag(tanh'(a_{t+1})) = diag(1 - tanh(a_{t+1})²) = diag(1 - h_{t+1}²)
claim "003-35 tanh'": tanh'(u) = 1 - tanh(u)^2
claim "003-35 dh_{t+1}/da_{t+1}":
      jacobian(h[t+1], a[t+1])' = diag(tanh'(a[t+1])) = diag(1 - tanh(a[t+1])^2) = diag(1 - h[t+1]^2)  for t = 1..T-1

# ∂h_{t+1}/∂h_t = ∂a_{t+1}/∂h_t · ∂h_{t+1}/∂a_{t+1} = W^T diag(1 - h_{t+1}²)
claim "003-36 dh_{t+1}/dh_t":
      jacobian(h[t+1], h[t])' = jacobian(a[t+1], h[t])' @ jacobian(h[t+1], a[t+1])' =
      W' @ diag(1 - h[t+1]^2)  for t = 1..T-1

# ∂L/∂h_t = W^T diag(1 - h_{t+1}²) · ∂L/∂h_{t+1} + V^T ∇_{o_t} L
claim "003-37 recursion": grad(h[t]) = W' @ diag(1 - h[t+1]^2) @ grad(h[t+1]) + V' @ grad(o[t])

# ∇_{h_t} L = W^T diag(1 - h_{t+1}²) · ∇_{h_{t+1}} L + V^T ∇_{o_t} L. By hand, from the last step back:
let δ[t] = W' @ diag(1 - h[t+1]^2) @ δ[t+1] + V' @ (ŷ[t] - y[t])
claim "003-38 recursion, as a way to compute it": grad(h[t]) = δ[t]

# --- the parameters -------------------------------------------------------------------------------

# ∂L/∂b = Σ_t ∂a_t/∂b · ∂h_t/∂a_t · ∂L/∂h_t = Σ_t I · diag(1 - h_t²) ∇_{h_t} L
claim "003-39 dL/db":
      grad(b) = sum(t, jacobian(a[t], b[t])' @ jacobian(h[t], a[t])' @ grad(h[t])) =
      sum(t, eye(D) @ diag(1 - h[t]^2) @ grad(h[t]))

# ∂L/∂W = Σ_t ∂a_t/∂W · ∂h_t/∂a_t · ∂L/∂h_t = Σ_t ∂a_t/∂W · diag(1 - h_t²) ∇_{h_t} L
claim "003-40 dL/dW, chain form":
      vec(grad(W)) = sum(t, jacobian(a[t], W[t])' @ jacobian(h[t], a[t])' @ grad(h[t])) =
      sum(t, jacobian(a[t], W[t])' @ diag(1 - h[t]^2) @ grad(h[t]))

# ∂L/∂U = Σ_t ∂a_t/∂U · ∂h_t/∂a_t · ∂L/∂h_t = Σ_t ∂a_t/∂U · diag(1 - h_t²) ∇_{h_t} L
claim "003-41 dL/dU, chain form":
      vec(grad(U)) = sum(t, jacobian(a[t], U[t])' @ jacobian(h[t], a[t])' @ grad(h[t])) =
      sum(t, jacobian(a[t], U[t])' @ diag(1 - h[t]^2) @ grad(h[t]))

# ∂a/∂W = ∂(Wh)/∂W = diag(h^T), entry (r,c) ∂a_c/∂w_rc. Column c of that matrix, picked from row c of the Jacobian:
claim "003-42 da/dW, entry by entry":
      cols(reshape(rows(jacobian(a[t], W[t]), j, j), D, D), j, j) = cols(diag(h[t-1]'), j, j)  for j = 1..D
claim "003-42 da/dW": jacobian(a[t], W[t])' = diag(h[t-1]')
# Those are D of its D·D·D entries: a_c depends on all of row c of W, ∂a_c/∂w_ck = h_k.
claim "003-42 corrected": jacobian(a[t], W[t])' = kron(eye(D), h[t-1])

# ∂a_t/∂W = diag(h_{t-1}^T), ∂a_t/∂U = diag(x_t^T)
claim "003-43 da_t/dW, entry by entry":
      cols(reshape(rows(jacobian(a[t], W[t]), j, j), D, D), j, j) = cols(diag(h[t-1]'), j, j)  for j = 1..D
claim "003-43 da_t/dW": jacobian(a[t], W[t])' = diag(h[t-1]')
claim "003-43 da_t/dU": jacobian(a[t], U[t])' = diag(x[t]')
claim "003-43 corrected, da_t/dW": jacobian(a[t], W[t])' = kron(eye(D), h[t-1])
claim "003-43 corrected, da_t/dU": jacobian(a[t], U[t])' = kron(eye(D), x[t])

# ∂L/∂W = Σ_t diag(h_{t-1}^T) · diag(1 - h_t²) ∇_{h_t} L
claim "003-44 dL/dW, middle form": grad(W) = sum(t, diag(h[t-1]') @ diag(1 - h[t]^2) @ grad(h[t]))
claim "003-44 corrected": vec(grad(W)) = sum(t, kron(eye(D), h[t-1]) @ diag(1 - h[t]^2) @ grad(h[t]))

# ∂L/∂W = Σ_t · diag(1 - h_t²) ∇_{h_t} L · h_{t-1}^T
claim "003-45 dL/dW, result, a dot repaired": grad(W) = sum(t, diag(1 - h[t]^2) @ grad(h[t]) @ h[t-1]')

# ∂L/∂U = Σ_t diag(x^T) · diag(1 - h_t²) ∇_{h_t} L
claim "003-46 dL/dU, middle form": grad(U) = sum(t, diag(x[t]') @ diag(1 - h[t]^2) @ grad(h[t]))
claim "003-46 corrected": vec(grad(U)) = sum(t, kron(eye(D), x[t]) @ diag(1 - h[t]^2) @ grad(h[t]))

# ∂L/∂U = Σ_t diag(1 - h_t²) ∇_{h_t} L · x^T
claim "003-47 dL/dU, result": grad(U) = sum(t, diag(1 - h[t]^2) @ grad(h[t]) @ x[t]')

# 最后将 h_{t-1}, x_t 提到末尾的操作应该是成立的，懒得推导了: moving h_{t-1}, x_t to the end should be allowed
let v[t] = diag(1 - h[t]^2) @ grad(h[t])
claim "003-48 diag(h^T) v = v h^T": diag(h[t-1]') @ v[t] = v[t] @ h[t-1]'
claim "003-48 diag(x^T) v = v x^T": diag(x[t]') @ v[t] = v[t] @ x[t]'
# With the Jacobian in place of diag(h^T) it is allowed: entry by entry the two are the same numbers.
claim "003-48 corrected": reshape(kron(eye(D), h[t-1]) @ v[t], D, D) = v[t] @ h[t-1]'
claim "003-48 corrected, x": reshape(kron(eye(D), x[t]) @ v[t], D, M) = v[t] @ x[t]'

# --- 1.5 vanishing gradients ----------------------------------------------------------------------

# diag(1 - h_{t+1}²) = tanh(h_{t+1})'
claim "003-49 tanh' of the step that gives h_{t+1}": diag(1 - h[t+1]^2) = diag(tanh'(a[t+1]))
claim "003-49 tanh' at h_{t+1}": diag(1 - h[t+1]^2) = diag(tanh'(h[t+1]))
# The slope belongs to the argument of tanh, a_{t+1}, not to its value.
claim "003-49 corrected": diag(1 - h[t+1]^2) = diag(1 - tanh(a[t+1])^2)

# ∇_{h_t} L = W^T tanh(h_{t+1})' · ∇_{h_{t+1}} L + V^T ∇_{o_t} L
claim "003-50 recursion, tanh' of the step":
      grad(h[t]) = W' @ diag(tanh'(a[t+1])) @ grad(h[t+1]) + V' @ grad(o[t])
claim "003-50 recursion, tanh' at h_{t+1}":
      grad(h[t]) = W' @ diag(tanh'(h[t+1])) @ grad(h[t+1]) + V' @ grad(o[t])
claim "003-50 corrected": grad(h[t]) = W' @ diag(1 - h[t+1]^2) @ grad(h[t+1]) + V' @ grad(o[t])

# ∇_{h_{t-1}} L = W^T tanh(h_t)' (W^T tanh(h_{t+1})' ∇_{h_{t+1}} L + V^T ∇_{o_t} L) + V^T ∇_{o_{t-1}} L
claim "003-51 expansion, tanh' of the step":
      grad(h[t-1]) = W' @ diag(tanh'(a[t])) @ (W' @ diag(tanh'(a[t+1])) @ grad(h[t+1]) + V' @ grad(o[t])) +
                     V' @ grad(o[t-1])
claim "003-51 expansion, tanh' at h":
      grad(h[t-1]) = W' @ diag(tanh'(h[t])) @ (W' @ diag(tanh'(h[t+1])) @ grad(h[t+1]) + V' @ grad(o[t])) +
                     V' @ grad(o[t-1])
claim "003-51 corrected":
      grad(h[t-1]) = W' @ diag(1 - h[t]^2) @ (W' @ diag(1 - h[t+1]^2) @ grad(h[t+1]) + V' @ grad(o[t])) +
                     V' @ grad(o[t-1])

# = W^T tanh(h_t)' (W^T tanh(h_{t+1})' ··· (W^T tanh(h_T)' ··· ) + V^T ∇_{o_t} L) + V^T ∇_{o_{t-1}} L. Multiplied out,
# the dots filled in: the output of each step j >= t-1, through the factors of steps t to j.
claim "003-52 expansion to the end, tanh' of the step":
      grad(h[t-1]) = sum(j, t-1..T, prod(s, t..j, W' @ diag(tanh'(a[s]))) @ V' @ grad(o[j]))
claim "003-52 expansion to the end, tanh' at h":
      grad(h[t-1]) = sum(j, t-1..T, prod(s, t..j, W' @ diag(tanh'(h[s]))) @ V' @ grad(o[j]))
claim "003-52 corrected":
      grad(h[t-1]) = sum(j, t-1..T, prod(s, t..j, W' @ diag(1 - h[s]^2)) @ V' @ grad(o[j]))

# 003-53, the power form: 003-4-power-form.gf

# 由于 tanh' 的值域在 (0,1) 之间
claim "003-54 tanh' in (0, 1), at the states of the network": 0 < tanh'(a[t]) < 1
claim "003-54 tanh' in (0, 1), as a function": 0 < tanh'(u) < 1
# tanh'(0) = 1 is reached: (0, 1].
claim "003-54 corrected": 0 < tanh'(u) <= 1

# 若 W^T 的取值较小导致 WT = W^T tanh'(h) < 1，多项连乘会导致最终的值趋近于 0. (003-5-large-weights.gf: entries below 1)
claim "003-55 WT below 1 in norm, the case": norm2(W' @ diag(tanh'(a[t]))) < 1
claim "003-55 the product vanishes": norm2(prod(s, t..T, W' @ diag(tanh'(a[s])))) <= 0.8^(T-t+1)

# 较长时间 t 前的梯度项中的第一项十分接近 0 ... 不再包含 L 的信息: the far loss hardly counts, near outputs are left
claim "003-56 the far loss": norm(grad(h[t], L[j])) <= 0.8^(j-t) * norm(V' @ grad(o[j], L[j]))  for j = t..T
claim "003-56 what is left without the last loss":
      norm(grad(h[t]) - grad(h[t], sum(j, t..T-1, L[j]))) <= 0.8^(T-t) * norm(V' @ grad(o[T]))

# 注意，RNN 中总的梯度是不会消失的: the total gradient does not vanish, only its far part
claim "003-57 the far part": norm(grad(U[t], L[T])) <= 0.8^(T-t) * norm(x[t]) * norm(V' @ grad(o[T]))
claim "003-57 the total": norm(grad(U)) > norm(grad(U[1], L[T]))
