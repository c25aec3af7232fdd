# dv stands for d loss / d v. Beyond the ends everything is zero.
# For T = 3 only: at another T, lines for numbered steps, such as dh[1], may lack terms.

let dz[t] = softmax(z[t]) - y[t]
let dc[t] = dz[t] @ V'
let da[t] = dc[t] @ H'
let de[t] = a[t] * (da[t] - da[t] @ a[t]')
let dze[t] = de[t] / sqrt(p)  # of q[t] @ K'
let dq[t] = dze[t] @ K
let dK = sum(t, dze[t]' @ q[t])
let dH = dK @ Wk' + sum(t, a[t]' @ dc[t])
let dh[1] = dq[1] @ Wq' + dzh[2] @ W' + rows(dH, 1, 1)
let dh[2] = dq[2] @ Wq' + dzh[3] @ W' + rows(dH, 2, 2)
let dh[3] = dq[3] @ Wq' + rows(dH, 3, 3)
let dzh[t] = dh[t] * (1 - h[t]^2)  # of x[t] @ U + h[t-1] @ W + b

claim grad(z[t]) = dz[t]
claim grad(c[t]) = dc[t]
claim grad(a[t]) = da[t]
claim grad(e[t]) = de[t]
claim grad(q[t]) = dq[t]
claim grad(K) = dK
claim grad(H) = dH
claim grad(h[t]) = dh[t]
claim grad(x[t]) = dzh[t] @ U'
claim grad(U) = sum(t, x[t]' @ dzh[t])
claim grad(W) = sum(t, h[t-1]' @ dzh[t])
claim grad(b) = sum(t, dzh[t])
claim grad(Wq) = sum(t, h[t]' @ dq[t])
claim grad(Wk) = H' @ dK
claim grad(V) = sum(t, c[t]' @ dz[t])
claim grad(h[0]) = dzh[1] @ W'
