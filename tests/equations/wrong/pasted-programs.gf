# What people paste from programs.
import numpy as np
from torch import nn
steps T = 3
size  n = 3, m = 4, k = 2
input x[t] : n x 1
given y[t] : k x 1
param U : m x n
param W : m x m
param V : k x m
start h[0] : m x 1 = 0
def step(x, h):
    h[t] = tanh(U @ x[t] + W @ h[t-1])
for t in range(1, T+1):
    a[t] = W @ h[t]
b[t] = W @ h[t] for t in range(T)
c[t] = W @ h[t], t = 1..T
d[t] = W @ h[t];
e[t] = self.W @ h[t] ** 2
f[t] = W @ h_prev + prev_x
g[t] = U @ x[t] if t == 1 else W @ h[t]
i[0] = ones(m, 1)
j[t] += W @ h[t]
W -= 0.1 * grad(W)
while True: pass
print(h[T])
dV += np.outer(h[T], y[T])
optimizer.step()
return mse(V @ h[T], y[T])
claim grad(W) == 0
claim grad(W) != 0
claim grad(W) => 0
assert grad(W) =< 0
claim grad(h[t]) = tanh_prime(h[t]) .* sigmoid_derivative(h[t])
# error 2:1 import … is no line of a model: leave it out
# error 3:1 from torch import … is no line of a model: leave it out
# error 12:1 def step(…): is a function of a program: what stands in it is equations, h[t] = …: leave it out
# error 14:1 for t in e: is a loop: an equation for h[t] holds for every t = 1..T: leave it out
# error 16:17 for t in e is said by [t]: an equation holds for every t = 1..T, and a sum over the steps is sum(t, e): leave it out
# error 17:16 , t = 1..T is said by [t]: an equation holds for every t = 1..T: leave it out
# error 18:16 ; is not needed at the end of a line: leave it out
# error 19:8 self.W is a name: there are no objects here: write W
# error 20:12 h_prev is the step before: write h[t-1]
# error 21:17 if … is a choice: write where(c, a, b) for one entry by entry, start h[0] = … for what is before step 1
# error 22:1 i[0] = … is the value before the first step: write start i[0] = …
# error 23:1 j[t] += … is a second line for a name, which has one: write all that is added up in it, let h[t] = … + …
# error 24:3 -= is an update: gradflow judges gradients and updates nothing; write a sum over the steps as sum(t, e)
# error 25:1 while … is a loop: write equations for h[t], which hold for every t = 1..T
# error 26:1 print … is no line of a model: gradflow check prints what claims come to: leave it out
# error 27:1 dV += … is a sum over the steps, built up in a loop: write let dV = sum(t, …)
# error 28:1 optimizer.step(…) is training, which is none here: gradflow judges gradients: leave it out
# error 29:1 return … is a function's result: every quantity has a name here, and one is the loss: write loss …
# error 30:15 == is what a claim says with one =: write =
# error 31:15 != is no relation of a claim: write =, <=, <, >= or >
# error 32:15 => is 'at least': write >=
# error 33:1 assert … is a claim: write claim …
# error 34:37 .* is the product element by element: write *
