title "Sequence to sequence, with attention"
steps T = 5
size n = 2, m = 4, k = 3
seed 1
input x[t] : 1 x n
input u[t] : 1 x n
given y[t] : 1 x k ~ onehot
param Ue, Ud : n x m
param We, Wd, Wa : m x m
param be, bd : 1 x m
param V : 2*m x k
start e[0] : 1 x m = 0
e[t] = tanh(x[t] @ Ue + e[t-1] @ We + be)
E = vcat(t, e[t])
start s[0] = tanh(e[T] @ Wa)
s[t] = tanh(u[t] @ Ud + s[t-1] @ Wd + bd)
a[t] = softmax(s[t] @ E')
c[t] = a[t] @ E
z[t] = [s[t], c[t]] @ V
L[t] = cross_entropy(z[t], y[t])
loss sum(t, L[t])
