# 001_77a63154e1e7bb72.txt: the LSTM with row vectors, equations (1) to (38).
#
# Vectors are rows, as the article has them from here on: h_{t-1} is 1 x h, x_t is 1 x i. z_f, z_i, z_c̃, z_o are the
# weighted inputs of the gates (加权输入). a_t is the prediction, softmax by equation (15); the loss, which the article
# leaves open, is the cross-entropy. The sizes h and i of the article are nh and ni here. For one layer, δ^{l+1}_{x_t}
# is what the output layer hands down at step t and δ^l_{h_t} what comes from step t+1. The initial states are not 0,
# so that the first step is checked as well.
#
# Found: the shapes of W_f and U_f are exchanged (001-10); σ in (7) must be the softmax of (15); V lacks a transpose in
# (15) and (16), and (16) ends without the error from step t+1; equations (17) and (18), for the output gate and the
# cell state, are missing altogether, though (19) to (27), (37) and (38) use them: the error along the cell state, from
# c_{t+1}, is nowhere to be found; (37) is only the part of ∂loss/∂h_{t-1} that comes from step t. The rest holds.
#
# Not expressible: none.

title "001: LSTM, rows"

steps T = 5
size  ni = 2, nh = 4, m = 3           # inputs, hidden units, classes
seed  1

input x[t] : 1 x ni
given y[t] : 1 x m ~ onehot
given u : 1 x 9 = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3]     # where a function is asked for by itself
param W_f, W_i, W_c, W_o : nh x nh
param U_f, U_i, U_c, U_o : ni x nh
param b_f, b_i, b_c, b_o : 1 x nh
param V : nh x m
param b : 1 x m
start h[0] : 1 x nh ~ normal(0, 0.5)
start c[0] : 1 x nh ~ normal(0, 0.5)

z_f[t] = h[t-1] @ W_f + x[t] @ U_f + b_f
f[t] = sigmoid(z_f[t])
z_i[t] = h[t-1] @ W_i + x[t] @ U_i + b_i
i[t] = sigmoid(z_i[t])
z_c̃[t] = h[t-1] @ W_c + x[t] @ U_c + b_c
c̃[t] = tanh(z_c̃[t])
c[t] = f[t] * c[t-1] + i[t] * c̃[t]
z_o[t] = h[t-1] @ W_o + x[t] @ U_o + b_o
o[t] = sigmoid(z_o[t])
h[t] = o[t] * tanh(c[t])
z[t] = h[t] @ V + b
a[t] = softmax(z[t])
L[t] = cross_entropy(z[t], y[t])

loss sum(t, L[t])

# The errors by hand. δ_h[t] is δ^l_{h_t}, equation (37) one step on; δ_up[t] is δ^{l+1}_{x_t}, equation (15) with V';
# δ[t] is their sum, (16); δ_zo[t] and δ_c[t] are the missing equations (17) and (18).
let δ_up[t] = (a[t] - y[t]) @ V'
let δ_h[t]  = δ_zf[t+1] @ W_f' + δ_zi[t+1] @ W_i' + δ_zc̃[t+1] @ W_c' + δ_zo[t+1] @ W_o'
let δ[t]    = δ_up[t] + δ_h[t]
let δ_c[t]  = δ[t] * o[t] * (1 - tanh(c[t])^2) + δ_c[t+1] * f[t+1]
let δ_zo[t] = δ[t] * tanh(c[t]) * o[t] * (1 - o[t])
let δ_zc̃[t] = δ_c[t] * i[t] * (1 - c̃[t]^2)
let δ_zi[t] = δ_c[t] * c̃[t] * i[t] * (1 - i[t])
let δ_zf[t] = δ_c[t] * c[t-1] * f[t] * (1 - f[t])

# --- forward --------------------------------------------------------------------------------------

# f_t = σ(h_{t-1} · W_f + x_t · U_f + b_f)
claim "001-09 eq 1": f[t] = sigmoid(h[t-1] @ W_f + x[t] @ U_f + b_f)

# 参数矩阵 W_f、U_f 分别是 (i × h) 和 (h × h) 的矩阵: W_f is i x h and U_f is h x h
claim "001-10 the shapes of W_f and U_f":
      f[t] = sigmoid(h[t-1] @ reshape(W_f, ni, nh) + x[t] @ reshape(U_f, nh, nh) + b_f)
# The other way round: h_{t-1} · W_f wants h rows, x_t · U_f wants i.
claim "001-10 corrected":
      f[t] = sigmoid(h[t-1] @ reshape(W_f, nh, nh) + x[t] @ reshape(U_f, ni, nh) + b_f)

# 将输出映射到 [0,1] 区间 ... 乘数为 0 的信息被全部丢弃，为 1 的被全部保留
claim "001-11 f_t in [0, 1]": 0 <= f[t] <= 1
claim "001-11 times 0, all is dropped": zeros(1, nh) * c[t-1] = 0
claim "001-11 times 1, all is kept": ones(1, nh) * c[t-1] = c[t-1]

# (1') and (1''), 001-12 and 001-13, write it with columns: 001-4-lstm-columns.gf

# i_t = σ(h_{t-1} · W_i + x_t · U_i + b_i)
claim "001-15 eq 2": i[t] = sigmoid(h[t-1] @ W_i + x[t] @ U_i + b_i)

# c̃t = tanh(h{t-1} · W_c + x_t · U_c + b_c)
claim "001-16 eq 3, two underscores repaired": c̃[t] = tanh(h[t-1] @ W_c + x[t] @ U_c + b_c)

# c_t = f_t ∘ c_{t-1} + i_t ∘ c̃_t
claim "001-17 eq 4": c[t] = f[t] ∘ c[t-1] + i[t] ∘ c̃[t]

# o_t = σ(h_{t-1} · W_o + x_t · U_o + b_o)
claim "001-18 eq 5": o[t] = sigmoid(h[t-1] @ W_o + x[t] @ U_o + b_o)

# 细胞状态 c_t 通过 tanh 激活函数压缩到 (-1, 1) 区间
claim "001-19 tanh(c_t) in (-1, 1)": -1 < tanh(c[t]) < 1

# h_t = o_t ∘ tanh(c_t)
claim "001-20 eq 6": h[t] = o[t] ∘ tanh(c[t])

# a_t = σ(h_t · V + b)
claim "001-21 eq 7, σ the activation of the output layer": a[t] = softmax(h[t] @ V + b)
claim "001-21 eq 7, σ the sigmoid": a[t] = sigmoid(h[t] @ V + b)
# σ is the sigmoid everywhere else; (15) needs 输出层的激活函数为 softmax 函数, as in (13).
claim "001-21 corrected": a[t] = exp(h[t] @ V + b) / sum(exp(h[t] @ V + b))

# z_t = h_t · V + b
claim "001-22 eq 8": z[t] = h[t] @ V + b

# --- backward -------------------------------------------------------------------------------------

# 它从两个方向接受反向传播的误差: δ^{l+1}{x_t} from layer l+1 at step t, and δ^l{h_t} from step t+1
claim "001-23 two errors, at h_t": grad(h[t]) = grad(h[t], L[t]) + grad(h[t] | z[t])
claim "001-23 two errors, at the cell":
      grad(c[t]) = (grad(h[t], L[t]) + grad(h[t] | z[t])) * o[t] * (1 - tanh(c[t])^2)
# A cell receives a third one, along its own state, from c_{t+1}.
claim "001-23 corrected":
      grad(c[t]) = (grad(h[t], L[t]) + grad(h[t] | z[t])) * o[t] * (1 - tanh(c[t])^2) + grad(c[t+1]) * f[t+1]

# σ(z) = y = 1 / (1 + e^-z)
claim "001-24 eq 9": sigmoid(u) = 1 / (1 + exp(-u))

# σ'(z) = y (1 - y)
claim "001-25 eq 10": sigmoid'(u) = sigmoid(u) * (1 - sigmoid(u))

# tanh(z) = y = (e^z - e^-z) / (e^z + e^-z)
claim "001-26 eq 11": tanh(u) = (exp(u) - exp(-u)) / (exp(u) + exp(-u))

# tanh'(z) = 1 - y²
claim "001-27 eq 12": tanh'(u) = 1 - tanh(u)^2

# softmax(z_i) = ŷi = e^{z_i} / Σ{j=1}^m e^{z_j}
claim "001-28 eq 13, two underscores repaired": softmax(z[t]) = exp(z[t]) / sum(j, 1..m, exp(cols(z[t], j, j)))

# ∂loss/∂z_i = ŷ_i - y_i
claim "001-29 eq 14": grad(z[t]) = softmax(z[t]) - y[t]

# δ^{l+1}_{x_t} = ∂loss/∂z_t · ∂z_t/∂h_t = (a - y) · V
claim "001-30 eq 15, 1st equality": grad(h[t], L[t]) = grad(z[t]) @ jacobian(z[t], h[t])
claim "001-30 eq 15, last form": grad(h[t], L[t]) = (a[t] - y[t]) @ V
# V is h x m (001-22), so ∂z_t/∂h_t, in m rows and h columns, is its transpose.
claim "001-30 corrected": grad(h[t], L[t]) = (a[t] - y[t]) @ V'

# 若 t 为时序的最后一个时间点，则 δ^l{h_t} = 0
claim "001-31 nothing from beyond the last step, an underscore repaired": grad(h[T] | z[T]) = 0

# δ^l_t = ∂loss/∂h_t = δ^{l+1}{x_t} + δ^l{h_t}
claim "001-32 eq 16, 1st and 2nd equality, two underscores repaired": δ[t] = grad(h[t]) = δ_up[t] + δ_h[t]

# ... = (a - y) · V
claim "001-33 eq 16, last equality": grad(h[t]) = (a[t] - y[t]) @ V
claim "001-33 eq 16, last equality, V transposed": grad(h[t]) = (a[t] - y[t]) @ V'
# The error from step t+1, that the line before has, is lost; without it the line is right at the last step only.
claim "001-33 corrected": grad(h[t]) = (a[t] - y[t]) @ V' + δ_h[t]

# (17) is missing; by its place and by (22) to (27), (37), (38): δ_zo. What it should say:
claim "001-34 corrected": grad(z_o[t]) = δ[t] ∘ tanh(c[t]) ∘ o[t] ∘ (1 - o[t])

# (18) is missing; by its place and by (19) to (21): δ_c. What it should say:
claim "001-35 corrected": grad(c[t]) = δ[t] ∘ o[t] ∘ (1 - tanh(c[t])^2) + δ_c[t+1] ∘ f[t+1]
# Without the error from c_{t+1} the cell state, and so z_f, z_i and z_c̃, are right at step T only.
let δ_cT = δ_up[T] ∘ o[T] ∘ (1 - tanh(c[T])^2)
claim "001-35 corrected, nothing is missing at step T": grad(c[T]) = δ_cT
claim "001-35 corrected, but at step T-1":
      norm(grad(c[T-1]) - grad(h[T-1]) ∘ o[T-1] ∘ (1 - tanh(c[T-1])^2)) > 1e-3 * norm(grad(c[T-1]))
# What step T hands back is right, so h_t and z_o are right at step T-1 too.
claim "001-35 corrected, h at step T-1 without it":
      grad(h[T-1]) = δ_up[T-1] +
                     (δ_cT ∘ c[T-1] ∘ f[T] ∘ (1 - f[T])) @ W_f' + (δ_cT ∘ c̃[T] ∘ i[T] ∘ (1 - i[T])) @ W_i' +
                     (δ_cT ∘ i[T] ∘ (1 - c̃[T]^2)) @ W_c' + (δ_up[T] ∘ tanh(c[T]) ∘ o[T] ∘ (1 - o[T])) @ W_o'
claim "001-35 corrected, z_o at step T-1 without it":
      grad(z_o[T-1]) = grad(h[T-1]) ∘ tanh(c[T-1]) ∘ o[T-1] ∘ (1 - o[T-1])

# δ_{z_{c̃t}} = ∂loss/∂z_{c̃_t} = ∂loss/∂c_t · ∂c_t/∂c̃_t · ∂c̃t/∂z{c̃t} = δ{c_t} · diag[i_t] · diag[1-(c̃t)²]
# = δ{c_t} ∘ i_t ∘ (1-(c̃_t)²)
claim "001-36 eq 19, five underscores repaired":
      grad(z_c̃[t]) = grad(c[t]) @ jacobian(c[t], c̃[t]) @ jacobian(c̃[t], z_c̃[t]) =
      δ_c[t] @ diag(i[t]) @ diag(1 - c̃[t]^2) = δ_c[t] ∘ i[t] ∘ (1 - c̃[t]^2)

# δ_{z_it} = ∂loss/∂z_{i_t} = ∂loss/∂c_t · ∂c_t/∂i_t · ∂i_t/∂z_{i_t} = δ_{c_t} · diag[c̃t] · diag[i_t ∘ (1-i_t)]
# = δ{c_t} ∘ c̃_t ∘ i_t ∘ (1-i_t)
claim "001-37 eq 20, two underscores repaired":
      grad(z_i[t]) = grad(c[t]) @ jacobian(c[t], i[t]) @ jacobian(i[t], z_i[t]) =
      δ_c[t] @ diag(c̃[t]) @ diag(i[t] ∘ (1 - i[t])) = δ_c[t] ∘ c̃[t] ∘ i[t] ∘ (1 - i[t])

# δ_zft = ∂loss/∂c_t · ∂c_t/∂f_t · ∂f_t/∂z_ft = δ_ct · diag[c_{t-1}] · diag[f_t ∘ (1-f_t)]
# = δ_ct ∘ c_{t-1} ∘ f_t ∘ (1-f_t)
claim "001-38 eq 21":
      grad(z_f[t]) = grad(c[t]) @ jacobian(c[t], f[t]) @ jacobian(f[t], z_f[t]) =
      δ_c[t] @ diag(c[t-1]) @ diag(f[t] ∘ (1 - f[t])) = δ_c[t] ∘ c[t-1] ∘ f[t] ∘ (1 - f[t])

# d_{W_o,t} = ∂loss/∂W_{o,t} = h_{t-1}^T · δ_zot
claim "001-39 eq 22": grad(W_o[t]) = h[t-1]' @ δ_zo[t]

# d_{U_o,t} = ∂loss/∂U_{o,t} = x_t^T · δ_zot
claim "001-40 eq 23": grad(U_o[t]) = x[t]' @ δ_zo[t]

# d_{b_o,t} = ∂loss/∂b_{o,t} = δ_zot
claim "001-41 eq 24": grad(b_o[t]) = δ_zo[t]

# d_{W_o} = Σ_{t=1..τ} d_{W_o,t} = Σ_{t=1..τ} h_{t-1}^T · δ_zot
claim "001-42 eq 25": grad(W_o) = sum(t, grad(W_o[t])) = sum(t, h[t-1]' @ δ_zo[t])

# d_{U_o} = Σ_{t=1..τ} d_{U_o,t} = Σ_{t=1..τ} x_t^T · δ_zot
claim "001-43 eq 26": grad(U_o) = sum(t, grad(U_o[t])) = sum(t, x[t]' @ δ_zo[t])

# d_{b_o} = Σ_{t=1..τ} d_{b_o,t} = Σ_{t=1..τ} δ_zot
claim "001-44 eq 27": grad(b_o) = sum(t, grad(b_o[t])) = sum(t, δ_zo[t])

# d_{W_c} = Σ_{t=1..τ} d_{W_c,t} = Σ_{t=1..τ} h_{t-1}^T · δ_zc̃t
claim "001-45 eq 28": grad(W_c) = sum(t, grad(W_c[t])) = sum(t, h[t-1]' @ δ_zc̃[t])

# d_{U_c} = Σ_{t=1..τ} d_{U_c,t} = Σ_{t=1..τ} x_t^T · δ_zc̃t
claim "001-46 eq 29": grad(U_c) = sum(t, grad(U_c[t])) = sum(t, x[t]' @ δ_zc̃[t])

# d_{b_c} = Σ_{t=1..τ} d_{b_c,t} = Σ_{t=1..τ} δ_zc̃t
claim "001-47 eq 30": grad(b_c) = sum(t, grad(b_c[t])) = sum(t, δ_zc̃[t])

# d_{W_i} = Σ_{t=1..τ} d_{W_i,t} = Σ_{t=1..τ} h_{t-1}^T · δ_zit
claim "001-48 eq 31": grad(W_i) = sum(t, grad(W_i[t])) = sum(t, h[t-1]' @ δ_zi[t])

# d_{U_i} = Σ_{t=1..τ} d_{U_i,t} = Σ_{t=1..τ} x_t^T · δ_zit
claim "001-49 eq 32": grad(U_i) = sum(t, grad(U_i[t])) = sum(t, x[t]' @ δ_zi[t])

# d_{b_i} = Σ_{t=1..τ} d_{b_i,t} = Σ_{t=1..τ} δ_zit
claim "001-50 eq 33": grad(b_i) = sum(t, grad(b_i[t])) = sum(t, δ_zi[t])

# d_{W_f} = Σ_{t=1..τ} d_{W_f,t} = Σ_{t=1..τ} h_{t-1}^T · δ_zft
claim "001-51 eq 34": grad(W_f) = sum(t, grad(W_f[t])) = sum(t, h[t-1]' @ δ_zf[t])

# d_{U_f} = Σ_{t=1..τ} d_{U_f,t} = Σ_{t=1..τ} x_t^T · δ_zft
claim "001-52 eq 35": grad(U_f) = sum(t, grad(U_f[t])) = sum(t, x[t]' @ δ_zf[t])

# d_{b_f} = Σ_{t=1..τ} d_{b_f,t} = Σ_{t=1..τ} δ_zft
claim "001-53 eq 36": grad(b_f) = sum(t, grad(b_f[t])) = sum(t, δ_zf[t])

# δ_{h_{t-1}} = δ_zft · W_f^T + δ_zit · W_i^T + δ_zc̃t · W_c^T + δ_zot · W_o^T, 沿时间向前传递: what step t hands to t-1
claim "001-54 eq 37, the sum":
      grad(h[t-1] | z[t-1]) = δ_zf[t] @ W_f' + δ_zi[t] @ W_i' + δ_zc̃[t] @ W_c' + δ_zo[t] @ W_o'  for t = 2..T

# δ_{h_{t-1}} = ∂loss/∂h_{t-1}
claim "001-55 eq 37, left side":
      grad(h[t-1]) = δ_zf[t] @ W_f' + δ_zi[t] @ W_i' + δ_zc̃[t] @ W_c' + δ_zo[t] @ W_o'
# The whole derivative has the error of the output at step t-1 as well: (15) at t-1.
claim "001-55 corrected":
      grad(h[t-1]) = δ_zf[t] @ W_f' + δ_zi[t] @ W_i' + δ_zc̃[t] @ W_c' + δ_zo[t] @ W_o' + δ_up[t-1]

# δ_{x_t} = ∂loss/∂x_t = δ_zft · U_f^T + δ_zit · U_i^T + δ_zc̃t · U_c^T + δ_zot · U_o^T
claim "001-56 eq 38":
      grad(x[t]) = δ_zf[t] @ U_f' + δ_zi[t] @ U_i' + δ_zc̃[t] @ U_c' + δ_zo[t] @ U_o'

# 001-57, on two layers: 001-5-two-layers.gf
