# Functions that are called wrongly.
steps T = 4
param W : 3 x 3
c[t] = W
h[t] = W
let p[t] = W
a1 = tanh(W, W)
a2 = tanh()
a3 = max(0, W, W)
a4 = max(W)
a5 = min(0, W, W)
a6 = sigmod(W)
a7 = tahn(W)
a8 = softmax'(W)
a9 = W(W)
a10 = W'(W)
a11 = clip(W, 1)
a12 = zeros(3)
a13 = grad(W)
a14 = jacobian(W, W)
a15 = kron(W, W)
a16 = norm2(W)
a17 = tanh(W | W)
a18 = prod(W)
a19 = nosuchfunction(W)
a20 = unit(W)
a21 = cross_entropy(W)
claim grad(W @ W) = 0
claim grad(p[t]) = 0
claim grad(h[t], p[t]) = 0
claim grad(h[t] | p) = 0
claim grad(h[t] | W + W) = 0
claim grad(3) = 0
claim grad(T) = 0
claim grad() = 0
claim grad(W, W, W) = 0
claim grad(h) = 0
claim grad(h[t], max(W)) = 0
claim jacobian(h[t]) = 0
claim max(0, W, 1) = 0
claim norm(W | h) = 0
claim grad(h[t] | W[t]) = 0
claim grad(W[t]) = jacobian(h[t], W[t]) + grad(h[t], sum(h[T]) | c, W, h[t-1]) # right
loss sum(W)
# error 7:6 tanh takes 1 argument, not 2
# error 8:6 tanh takes 1 argument, not 0
# error 9:6 max takes 2 arguments, not 3
# error 10:6 max stands in let and claim only, not in the equations of the model
# error 11:6 min takes 2 arguments, not 3
# error 12:6 sigmod is no function
# error 13:6 tahn is no function
# error 14:6 softmax' is no function: only some have a derivative of that form
# error 15:6 W is no function: an operator is missing before the bracket
# error 16:7 W' is no function: an operator is missing before the bracket
# error 17:7 clip takes 3 arguments, not 2
# error 18:7 zeros(3) is a constant of two sizes: write zeros(3, 1)
# error 19:7 grad stands in let and claim only, not in the equations of the model
# error 20:7 jacobian stands in let and claim only, not in the equations of the model
# error 21:7 kron stands in let and claim only, not in the equations of the model
# error 22:7 norm2 stands in let and claim only, not in the equations of the model
# error 23:7 tanh holds nothing fixed: a bar stands in grad and jacobian only
# error 24:7 prod takes 3 arguments, not 1
# error 25:7 nosuchfunction is no function
# error 26:7 unit stands in let and claim only, not in the equations of the model
# error 27:7 cross_entropy takes 2 arguments, not 1
# claim error 28:14 a gradient is by a name of the graph, such as h[t] or W
# claim error 29:12 p is a let, which is not in the graph: grad and jacobian take names of equations, inputs and params
# claim error 30:18 p is a let, which is not in the graph: grad and jacobian take names of equations, inputs and params
# claim error 31:19 p is a let, which is not in the graph: grad and jacobian take names of equations, inputs and params
# claim error 32:21 behind the bar stand names of the graph, such as c[t] or h
# claim error 33:12 a gradient is by a name of the graph, such as h[t] or W
# claim error 34:12 a gradient is by a name of the graph, such as h[t] or W
# claim error 35:7 grad takes 1 or 2 arguments, not 0
# claim error 36:7 grad takes 1 or 2 arguments, not 3
# claim error 37:12 h has a time
# claim error 38:18 max cannot stand within grad or jacobian
# claim error 39:7 jacobian takes 2 arguments, not 1
# claim error 40:7 max takes 2 arguments, not 3
# claim error 41:7 norm holds nothing fixed: a bar stands in grad and jacobian only
# claim error 42:19 W has no time: it is the same at every step
