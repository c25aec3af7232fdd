# Gutters full of tracks: at the side of the box of folded steps heads of arrows come in, from both sides of a gutter.
title "Crowded gutters"
steps T = 5
size  m = 2

given y[t]  : 1 x m
input about : 1 x m
start state[0] : 1 x m = 0

gate[t]  = sigmoid(about)
half[t]  = sigmoid(gate[t])
state[t] = relu(gate[t] * state[t-1] + half[t])
M        = sum(t, gate[t])
H        = vcat(t, state[t])
a[t]     = softmax(gate[t] @ H')
z[t]     = gate[t]
L[t]     = mse(z[t], y[t])

loss sum(t, L[t]) + sum(M)
