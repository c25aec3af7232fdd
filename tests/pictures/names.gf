title "Names: long, Chinese, with digits, of one letter"
steps T = 5
size n = 3, m = 4
input x[t] : 1 x n
input 输入[t] : 1 x n
given 目标[t] : 1 x m ~ normal(0, 1)
param weight_of_the_input_and_of_what_is_remembered : n x m
param 权重矩阵 : n x m
param W1, W2, W_3, 偏 : m x m
param β : 1 x m
start the_hidden_state_of_the_recurrent_network[0] : 1 x m = 0
start 隐藏状态[0] : 1 x m = 0
start s[0] : 1 x m = 0
Ω[t] = x[t] @ weight_of_the_input_and_of_what_is_remembered + s[t-1] @ W1
the_hidden_state_of_the_recurrent_network[t] = tanh(Ω[t] * 2 + the_hidden_state_of_the_recurrent_network[t-1] @ W2 + Ω[t])
隐藏状态[t] = tanh(输入[t] @ 权重矩阵 + 隐藏状态[t-1] @ 偏 + β)
a1b2c3[t] = the_hidden_state_of_the_recurrent_network[t] * 隐藏状态[t]
i[t] = sigmoid(a1b2c3[t])
W_l[t] = i[t] * a1b2c3[t] @ W_3
非常长的中文变量名字在这里[t] = W_l[t] + i[t]
s[t] = 非常长的中文变量名字在这里[t] * 2
l1[t] = mse(s[t], 目标[t])
m_0123456789[t] = l1[t] + norm(Ω[t])
loss sum(t, m_0123456789[t])
