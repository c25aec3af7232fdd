steps T = 3
input h[t] : 1 x 1
input w[t] : 1 x 1
L = sum(t, sum(j, 1..T, tanh(w[t] * h[j]) * h[j]))
loss L ^ 2
