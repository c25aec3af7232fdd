# Partial derivatives where total ones are meant, and the reverse; gated cells.

steps T = 5
size  n = 3, m = 4
seed  3

input x[t] : n x 1
param Uf, Ui, Ug, Uo : m x n
param Wf, Wi, Wg, Wo : m x m
param Ur, Uz : m x n
param Un : m x m
param Wr, Wz, Wn : m x m
start h[0] : m x 1
start c[0] : m x 1
start s[0] : m x 1 ~ normal(0, 1)

f[t] = sigmoid(Uf @ x[t] + Wf @ h[t-1])
i[t] = sigmoid(Ui @ x[t] + Wi @ h[t-1])
g[t] = tanh(Ug @ x[t] + Wg @ h[t-1])
o[t] = sigmoid(Uo @ x[t] + Wo @ h[t-1])
c[t] = f[t] * c[t-1] + i[t] * g[t]
h[t] = o[t] * tanh(c[t])

# A gated recurrent unit beside it, which reads the LSTM's state.
r[t] = sigmoid(Ur @ x[t] + Wr @ s[t-1])
z[t] = sigmoid(Uz @ x[t] + Wz @ s[t-1])
q[t] = tanh(Un @ h[t] + Wn @ (r[t] * s[t-1]))
s[t] = (1 - z[t]) * q[t] + z[t] * s[t-1]

loss sum(t, sum(s[t]^2)) + sum(h[T])

# --- true ------------------------------------------------------------------------------------------

let by_state[t] = diag(c[t-1] * f[t] * (1 - f[t])) @ Wf + diag(g[t] * i[t] * (1 - i[t])) @ Wi +
                  diag(i[t] * (1 - g[t]^2)) @ Wg
let shown[t] = diag(o[t] * (1 - tanh(c[t])^2))

claim jacobian(c[t], c[t-1] | h[t-1]) = diag(f[t])
claim jacobian(c[t], h[t-1] | c[t-1]) = by_state[t]
claim jacobian(c[t], c[t-1]) = diag(f[t]) + by_state[t] @ shown[t-1]  for t = 2..T
claim jacobian(s[t], s[t-1] | z[t], q[t]) = diag(z[t])

# --- one name held ---------------------------------------------------------------------------------------

claim jacobian(c[t], c[t-1]) = diag(f[t])  for t = 2..T
# says: this is the derivative with h held
# says: only the path c[t-1] -> c[t] is kept
claim diag(f[t]) = jacobian(c[t], c[t-1])  for t = 2..T
# says: this is the derivative with h held
# says: only the path c[t-1] -> c[t] is kept
claim jacobian(c[t], c[j]) = prod(k, t downto j+1, diag(f[k]))  for j = 1..t-1
# says: this is the derivative with h held
# says: only the path c[k-1] -> c[k] is kept
claim jacobian(c[t+1], c[t] | h[t]) = diag(f[t+1]) + by_state[t+1] @ shown[t]  for t = 1..T-1
# says: the term by_state[t+1] @ shown[t] is too much
claim jacobian(h[t], c[t-1] | h[t-1]) = shown[t] @ by_state[t] @ shown[t-1]  for t = 2..T
# says: the path c[t-1] -> c[t] -> h[t]: shown[t] @ by_state[t] @ shown[t-1] stands where diag(o[t] * (1 - tanh(c[t])^2) * f[t]) belongs
claim jacobian(s[t], s[t-1]) = diag(z[t]) + diag((s[t-1] - q[t]) * z[t] * (1 - z[t])) @ Wz
# says: this is the derivative with q[t] held
# says: the paths s[t-1] -> q[t] -> s[t] and s[t-1] -> r[t] -> q[t] -> s[t] are missing
claim jacobian(s[t], s[t-1]) = diag(z[t]) + diag((1 - z[t]) * (1 - q[t]^2)) @ Wn @ diag(r[t])
# says: the paths s[t-1] -> z[t] -> s[t] and s[t-1] -> r[t] -> q[t] -> s[t] are missing

# --- paths of a Jacobian, and uses within one equation -------------------------------------------------------

claim jacobian(s[t], s[t-1]) = diag(z[t])
# says: only the path s[t-1] -> s[t] is kept
claim jacobian(c[t], h[t-1] | c[t-1]) = by_state[t] + diag(f[t])
# says: the term diag(f[t]) is too much
claim jacobian(c[t], h[t-1] | c[t-1]) = diag(c[t-1] * f[t] * (1 - f[t])) @ Wf + diag(g[t] * i[t] * (1 - i[t])) @ Wi
# says: the path h[t-1] -> g[t] -> c[t] is missing
claim jacobian(s[t], z[t]) = diag(s[t-1])
# says: the path z[t] -> s[t]: s[t-1] stands where s[t-1] - q[t] belongs
claim jacobian(s[t], z[t]) = diag(s[t-1] + q[t])
# says: the path z[t] -> s[t]: the sign of q[t] is wrong
claim grad(z[t]) = grad(s[t]) * (s[t-1] - 2 * q[t])
# says: one of the 2 terms of the path z[t] -> s[t] is counted twice
claim grad(h[T]) = ones(m, 1)
# says: the path h[T] -> q[T] -> s[T] is missing
claim grad(h[t]) = Un' @ (grad(s[t]) * (1 - z[t]) * (1 - q[t]^2))  for t = T..T
# says: the path h[T] -> loss is missing
claim grad(c[t] | h[t]) = grad(c[t])
claim grad(c[t]) = grad(h[t]) * o[t] * (1 - tanh(c[t])^2) + grad(c[t+1] | h[t+1]) * f[t+1]  for t = 1..T-1
# says: the path c[t] -> c[t+1]: h[t+1] stands where h[t] belongs
claim jacobian(h[t], c[t-1] | o[t]) = jacobian(h[t], c[t-1] | h[t-1])  for t = 2..T
# says: this is the derivative with o[t], h held
# says: only the path c[t-1] -> c[t] -> h[t] is kept
claim jacobian(s[t], s[j]) = prod(k, t downto j+1, jacobian(s[k], s[k-1] | z[k]))  for j = 0..t-1
# says: the path s[k-1] -> z[k] -> s[k] is missing
claim jacobian(s[t], s[t-1]) = prod(k, t downto t, diag(z[k])) + diag((1 - z[t]) * (1 - q[t]^2)) @ Wn @ (diag(r[t]) + diag(s[t-1] * r[t] * (1 - r[t])) @ Wr)
# says: the path s[t-1] -> z[t] -> s[t] is missing
