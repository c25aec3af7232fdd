# dv stands for d loss / d v. Beyond the ends everything is zero.

let dz[t] = softmax(z[t]) - y[t]
let dh[t] = dz[t] @ V' + da[t+1] @ W'
let da[t] = dh[t] * (1 - h[t]^2)

claim grad(z[t]) = dz[t]
claim grad(h[t]) = dh[t]
claim grad(a[t]) = da[t]
claim grad(x[t]) = da[t] @ U'
claim grad(U) = sum(t, x[t]' @ da[t])
claim grad(W) = sum(t, h[t-1]' @ da[t])
claim grad(b) = sum(t, da[t])
claim grad(V) = sum(t, h[t]' @ dz[t])
claim grad(d) = sum(t, dz[t])
claim grad(h[0]) = da[1] @ W'
