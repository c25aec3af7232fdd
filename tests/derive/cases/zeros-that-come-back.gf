# At one step nothing comes back to de[T] but zeros, through rows of them: each let has the shape that its factors have.
steps T = 1
size n = 4, k = 3
param W : n x n ~ uniform(-1, 1)
param V : k x n ~ normal(0, 1)
start de[T+1] : k x n ~ normal(0, 0.7)
start dh[T+1] : k x n ~ normal(0, 0.7)
de[t] = tanh(dh[t+1] @ W) * de[t+1]
dh[t] = sigmoid([rows(de[t], 2, k); rows(de[t], 1, 1)])
loss sum(V * [rows(de[T], 2, k); rows(de[T], 1, 1)])
