# Equations run forward and backward in time, in any order, through several layers.
# expect: holds
loss sum(t, sum(y[t])) + sum(last) + decoded[T]
claim y[t] = top[t] + back[t]
y[t] = top[t] + back[t]
top[t] = low[t] + top[t-1]
low[t] = x[t] + back[t+1]
back[t] = back[t+1] + x[t]
decoded[t] = decoded[t-1] * 2 + t
start decoded[0] = low[T]
start top[0] : 1 x 1 = 100
start back[T+1] : 1 x 1 = 10
last = top[T] * scale
scale = 1 + 1
input x[t] : 1 x 1 = t
steps T = 3
alias[t] = x[t]
later[t] = alias[t]
fixed[t] = 4
jump[t] = jump[t-2] + 1
start jump[0] : 1 x 1 = 0
start jump[-1] : 1 x 1 = 50
whole[t] = sum(j, 1..t-1, x[j]) + sum(j, t+1..T, x[j])
claim "back":    [back[1], back[2], back[3], back[4]] = [16, 15, 13, 10]
claim "low":     [low[1], low[2], low[3]] = [16, 15, 13]
claim "top":     [top[0], top[1], top[2], top[3]] = [100, 116, 131, 144]
claim "decoded": [decoded[0], decoded[1], decoded[2], decoded[3]] = [13, 27, 56, 115]
claim "last":    last = 288
claim "jump":    [jump[1], jump[2], jump[3]] = [51, 1, 52]
claim "whole":   whole[t] = 6 - t
claim "alias":   alias[t] + later[t] + fixed[t] = 2 * t + 4
