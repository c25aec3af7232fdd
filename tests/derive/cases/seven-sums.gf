steps T = 2
input x[t] : 1 x 1
h[t] = tanh(x[t])
loss sum(a, 1..1, sum(b, 1..2, sum(c, 1..2, sum(d, 1..2, sum(e, 1..2, sum(f, 1..2, sum(g, 1..2, h[2*a-1]*sum(q, 1..2, a*b*c*d*e*f*g*q))))))))
