size n = 2
param a : n x 1
param B : n x n
given q : 1 x n
u = log(B @ a)
v = where(u > 0, max(u, a), q')
s = stop(v) * relu(u)
loss norm(s) + entry(B, 1, 2)
let du = grad(u) + 0
let ds = ? * 2
claim grad(s) = ds
#! show u
#! show 0 / 0 * B
#! show eye(20) * 1e300
#! show diag(q)
#! show sum(j, 1..n, B)
#! explain u
#! explain v -> s
#! explain q
#! explain du
#! explain B
#! path a -> s
#! path a -> q
