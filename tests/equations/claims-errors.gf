# What makes a claim an error, and no other.
title "errors"
steps T = 3
size n = 2, m = 3
seed 1

input x[t] : n x 1
param A : m x n
param B : m x m
y[t] = A @ x[t]
loss sum(t, sum(y[t]))

let bad_name[t] = A @ xx[t]
let bad_shape[t] = B @ x[t]
let user[t] = bad_shape[t] + y[t]
let p[t] = q[t] + 1
let q[t] = r[t+1] + p[t]
let r[t] = 2 * q[t-1]
let loop = loop + 1
let only[2] = x[2]
let uneven[t] = x[t] * ones(n, t)

claim "fine": y[t] = A @ x[t]                                                 # expect: holds
claim yy[t] = 0                                                               # expect: error
# error 24:7 yy is not declared
claim grad(yy[t]) = 0                                                         # expect: error
# error 26:12 yy is not declared
claim bad_name[t] = 0                                                         # expect: error
# error 13:23 xx is not declared
claim "still fine": grad(y[t]) = ones(m, 1)                                   # expect: holds
claim B @ x[t] = 0                                                            # expect: error
# error 31:9 B @ x[t]: 3 x 3 times 2 x 1, the inner sizes 3 and 2 differ at t = 1
claim bad_shape[t] = 0                                                        # expect: error
# error 14:22 B @ x[t]: 3 x 3 times 2 x 1, the inner sizes 3 and 2 differ at t = 1
claim user[t] = 0                                                             # expect: error
# error 14:22 B @ x[t]: 3 x 3 times 2 x 1, the inner sizes 3 and 2 differ at t = 1
claim p[t] = 0                                                                # expect: error
# error 16:5 a circle: p[1] needs q[1], which needs p[1]
claim loop = 0                                                                # expect: error
# error 19:5 a circle: loop needs loop
claim only[t] = x[2]  for t = 2..2                                            # expect: holds
claim only[t] = 0  for t = 1..2                                               # expect: error
# error 20:5 only has no line for step 1
claim uneven[t] = 0                                                           # expect: error
# error 21:22 uneven[2] comes to 2 x 2
claim x[t/2] = 0                                                              # expect: error
# error 46:10 t/2 does not come out even at t = 1
claim x[t/2] = 0  for t = 2..2                                                # expect: fails
claim sum(j, 1..t/2, x[j]) = 0                                                # expect: error
# error 49:18 t/2 does not come out even at t = 1
claim grad(x[t], y[t]) = 0                                                    # expect: error
# error 51:18 y[t]: a gradient is of one number, and this is 3 x 1 at t = 1
claim grad(A, x[t] + y[t]) = 0                                                # expect: error
# error 53:20 x[t] + y[t]: 2 x 1 plus 3 x 1, rows 2 and 3 differ and neither is 1 at t = 1
claim grad(bad_name[t]) = 0                                                   # expect: error
# error 55:12 bad_name is a let
claim max(0, A, 1) = A                                                        # expect: error
# error 57:7 max takes 2 arguments, not 3
claim A = A  within -1                                                        # expect: error
# error 59:21 a tolerance is one number, and not below 0
claim "at one instance only": rows(x[t], 1, t) = rows(x[t], 1, t)             # expect: error
# error 61:31 rows(x[t], 1, t)
claim prod(j, 1..0, A) = A                                                    # expect: error
# error 63:7 prod(j, 1..0, A): an empty product is the identity
claim prod(j, 1..0, B) @ x[1] = 0                                             # expect: error
# error 65:24 prod(j, 1..0, B) @ x[1]: 3 x 3 times 2 x 1
claim "and the last": sum(t, y[t]) = A @ sum(t, x[t])                         # expect: holds
