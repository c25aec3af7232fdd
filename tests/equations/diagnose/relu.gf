# A recurrent network with relu, and a comparison of another shape: the line that has it is to blame, and no other.

steps T = 4
size  n = 2, m = 3, k = 2
seed  3

input x[t] : n x 1
given y[t] : k x 1 ~ onehot
param W : m x m
param U : m x n
param V : k x m
start h[0] : m x 1 ~ uniform(-1, 1)

a[t] = W @ h[t-1] + U @ x[t]
h[t] = relu(a[t])
z[t] = V @ h[t]
loss sum(t, cross_entropy(z[t], y[t]))

let dz[t] = softmax(z[t]) - y[t]
let dh[t] = V' @ dz[t] + W' @ da[t+1]
let da[t] = where(x[t] > 0, dh[t], 0)
# says: the path a[t] -> h[t]: x[t] stands where h[t] belongs

claim grad(W) = sum(t, da[t] @ h[t-1]')
# says: because of da
claim grad(U) = sum(t, da[t] @ x[t]')
# says: because of da
claim grad(V) = sum(t, dz[t] @ h[t]')
