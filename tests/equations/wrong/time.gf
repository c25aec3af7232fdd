# Steps that nothing gives, and circles.
steps T = 3
param U : 2 x 2
start s[0] : 2 x 1
start q[0] = q[0] + s[0]
s[t] = U @ s[t-1]
a[t] = s[t+1]
b[t] = U @ b[t-1]
c[t] = d[t]
d[t] = e[t]
e[t] = c[t]
f = f + 1
g[t] = g[t+1] + s[t]
k[t] = sum(j, t..t+1, s[j])
l[t] = s[T+2-t]
n[t] = n[T+1-t]
q[t] = q[t-1]
r[t] = a[t] # no error of its own
loss sum(s[T+1])
# error 5:7 a circle: q[0] needs q[0]
# error 7:8 s[t+1] at t = 3 is s[4], which nothing gives
# error 8:12 b[t-1] at t = 1 is b[0], which nothing gives
# error 9:1 a circle: c[1] needs d[1], which needs e[1], which needs c[1]
# error 12:1 a circle: f needs f
# error 13:8 g[t+1] at t = 3 is g[4], which nothing gives
# error 14:23 s[j] at j = 4 is s[4], which nothing gives
# error 15:8 s[T+2-t] at t = 1 is s[4], which nothing gives
# error 16:1 a circle: n[1] needs n[3], which needs n[1]
# error 19:10 s[T+1] is s[4], which nothing gives
