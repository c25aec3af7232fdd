# dv stands for d loss / d v. Beyond the ends everything is zero.

let ds[t] = softmax(s[t]) - y[t]
let dh[t] = ds[t] @ V' + dzr[t+1] @ Wr' + dzz[t+1] @ Wz' + drh[t+1] * r[t+1] + dh[t+1] * z[t+1]
let dn[t] = dh[t] * (1 - z[t])
let dzn[t] = dn[t] * (1 - n[t]^2)
let drh[t] = dzn[t] @ Wn'  # of r[t] * h[t-1]
let dr[t] = drh[t] * h[t-1]
let dzr[t] = dr[t] * r[t] * (1 - r[t])
let dz[t] = dh[t] * (h[t-1] - n[t])
let dzz[t] = dz[t] * z[t] * (1 - z[t])

claim grad(s[t]) = ds[t]
claim grad(h[t]) = dh[t]
claim grad(n[t]) = dn[t]
claim grad(zn[t]) = dzn[t]
claim grad(r[t]) = dr[t]
claim grad(zr[t]) = dzr[t]
claim grad(z[t]) = dz[t]
claim grad(zz[t]) = dzz[t]
claim grad(x[t]) = dzr[t] @ Ur' + dzz[t] @ Uz' + dzn[t] @ Un'
claim grad(Ur) = sum(t, x[t]' @ dzr[t])
claim grad(Uz) = sum(t, x[t]' @ dzz[t])
claim grad(Un) = sum(t, x[t]' @ dzn[t])
claim grad(Wr) = sum(t, h[t-1]' @ dzr[t])
claim grad(Wz) = sum(t, h[t-1]' @ dzz[t])
claim grad(Wn) = sum(t, (r[t] * h[t-1])' @ dzn[t])
claim grad(br) = sum(t, dzr[t])
claim grad(bz) = sum(t, dzz[t])
claim grad(bn) = sum(t, dzn[t])
claim grad(V) = sum(t, h[t]' @ ds[t])
claim grad(d) = sum(t, ds[t])
claim grad(h[0]) = dzr[1] @ Wr' + dzz[1] @ Wz' + drh[1] * r[1] + dh[1] * z[1]
