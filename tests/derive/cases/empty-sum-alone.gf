# An empty sum has the shape of its body, and what is a product with it, too: nothing else says how large r is.
steps T = 1
size m = 3, k = 2
param C : k x m ~ normal(0, 1)
param D : m x 1 ~ normal(0, 1)
r = C @ (2 * sum(j, 2..T, D))
loss mean(tanh(r)) + sum(exp(r))
