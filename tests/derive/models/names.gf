# Names that Python or TeX would take amiss.
title "Names_of 100% \ & #1 {}"
steps lambda = 3
size in = 2, is = 3, 忆 = 4
seed 4

input x[t] : in x 1
input np[t], 门[t] : is x 1
param W_in_x, class : is x in
param c̃W : is x is
param α, beta_1 : is x 1
param h₁0 : is x is
param inputs : 忆 x is
start 状态[0] : is x 1 = 0
start def[0] : is x 1 = 0

状态[t] = tanh(h₁0 @ 状态[t-1] + W_in_x @ x[t])
def[t] = c̃W @ def[t-1] + class @ x[t] + α * beta_1
i[t] = sigmoid(def[t]) * np[t]
total_out[t] = sum(i, 1..t, i * i[i]) + sum(is, 1..2, is * ones(3, 1)) * 门[t]
loss sum(t, sum(状态[t]) + sum(total_out[t]) + sum(inputs @ def[t]))

let d状态[t] = ones(is, 1) + h₁0' @ dh_[t+1]
let dh_[t] = d状态[t] * (1 - 状态[t]^2)
let di[t] = (lambda + 1 - t) * t * ones(is, 1)
let ddef[t] = di[t] * np[t] * sigmoid'(def[t]) + inputs' @ ones(忆, 1) + c̃W' @ ddef[t+1]
claim grad(np[t]) = di[t] * sigmoid(def[t])
claim grad(门[t]) = 3 * ones(is, 1)
claim grad(h₁0) = sum(t, dh_[t] @ 状态[t-1]')
claim grad(W_in_x) = sum(t, dh_[t] @ x[t]')
claim grad(c̃W) = sum(t, ddef[t] @ def[t-1]')
claim grad(class) = sum(in, 1..lambda, ddef[in] @ x[in]')
claim grad(α) = sum(t, ddef[t]) * beta_1
claim grad(beta_1) = sum(t, ddef[t]) * α
claim grad(inputs) = sum(t, ones(忆, 1) @ def[t]')
claim grad(x[t]) = W_in_x' @ dh_[t] + class' @ ddef[t]
claim grad(状态[0]) = h₁0' @ dh_[1]
claim grad(def[0]) = c̃W' @ ddef[1]
