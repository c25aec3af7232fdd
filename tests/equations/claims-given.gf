# What is given has values like an input, and no gradient: to ask for one is an error.
steps T = 3
size n = 2, k = 2
input x[t] : n x 1
given y[t] : k x 1 = {[1; 0], [0; 1], [1; 0]}
given mask : k x 1 = [1; 0]
start y[0] : k x 1 = 0.5
param W : k x n
p[t] = W @ x[t] + y[t-1]
m[t] = mask * p[t]
L[t] = cross_entropy(p[t], y[t]) + sum(m[t])
loss sum(t, L[t])

let of_a_given[t] = grad(y[t]) + p[t]

claim grad(p[t]) = softmax(p[t]) - y[t] + mask                                # expect: holds
claim grad(W) = sum(t, grad(p[t]) @ x[t]')                                    # expect: holds
claim grad(x[t] | y) = grad(x[t])                                             # expect: holds
claim y[0] = 0.5 * ones(k, 1)                                                 # expect: holds
claim grad(y[t]) = 0                                                          # expect: error
# error 20:12 y is given, and has no gradient: for one, write input for given on line 5
claim grad(y[0]) = 0                                                          # expect: error
# error 22:12 y is given, and has no gradient: for one, write input for given on line 5
claim grad(y[T+1]) = 0                                                        # expect: error
# error 24:12 y is given, and has no gradient: for one, write input for given on line 5
claim grad(mask, L[2]) = 0                                                    # expect: error
# error 26:12 mask is given, and has no gradient: for one, write input for given on line 6
claim grad(mask[t]) = 0                                                       # expect: error
# error 28:12 mask is given, and has no gradient: for one, write input for given on line 6
claim jacobian(p[t], y[t-1]) = eye(k)                                         # expect: error
# error 30:22 y is given, and has no gradient: for one, write input for given on line 5
claim jacobian(y[t], W) = 0                                                   # expect: holds
claim of_a_given[t] = 0                                                       # expect: error
# error 14:26 y is given, and has no gradient: for one, write input for given on line 5
