# One step, sizes of 1, zeros everywhere: nothing that only looks like an explanation.

steps T = 1
size  m = 1

input x[t] : 1 x 1
param u, w, v : 1 x 1
start h[0] : 1 x 1 = 0

h[t] = tanh(u * h[t-1] + w * x[t])
q[t] = stop(h[t]) * v
e[t] = relu(-h[t]^2 - 1)

loss sum(t, sum(h[t]) + sum(q[t]) + sum(e[t]))

claim grad(h[t]) = 1
claim grad(u) = 0
claim grad(e[t]) = 1

claim grad(h[t]) = 0
# says: the path h[t] -> loss is missing
claim grad(h[t]) = -1
# says: the sign is wrong
claim grad(h[t]) = 2
# says: a factor 1/2 is missing
claim grad(h[t]) = 0.7312
# says: the path h[t] -> loss: 0.7312 stands where ones(1, 1) belongs
claim grad(u) = 1
claim grad(h[t] | h[t]) = 5 * x[1]
claim grad(v) = x[t]
# says: the path v -> q[t]: x[t] stands where h[t] belongs
claim grad(w) = (1 - h[t]^2) * x[t] + h[0] + 0.001
# says: the term h[0] is too much
# says: the term 0.001 is too much
claim h[t] = h[t+1]
claim jacobian(h[t], h[t-1]) = 0
# says: the path h[t-1] -> h[t] is missing
claim x[t] = zeros(2, 1)
