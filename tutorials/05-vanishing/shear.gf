# A linear net of two units. W makes some vectors longer, and both its eigenvalues are 0.8.
steps T = 40
param W : 2 x 2 = [0.8, 2; 0, 0.8]
start h[0] : 2 x 1 = 1

h[t] = W @ h[t-1]
loss sum(h[T])

claim "many steps": jacobian(h[t], h[0]) = [0.8^t, 2 * t * 0.8^(t-1); 0, 0.8^t]
claim "bound":      norm2(jacobian(h[t], h[0])) <= norm2(W)^t
