# c[t-1] -> c[t]
let J1[t] = diag(f[t])

# c[t-1] -> h[t-1] -> zf[t] -> f[t] -> c[t]
let J2[t] = diag(c[t-1] * f[t] * (1 - f[t])) @ Wf' @ diag(o[t-1] * (1 - tanh(c[t-1])^2))

# c[t-1] -> h[t-1] -> zi[t] -> i[t] -> c[t]
let J3[t] = diag(g[t] * i[t] * (1 - i[t])) @ Wi' @ diag(o[t-1] * (1 - tanh(c[t-1])^2))

# c[t-1] -> h[t-1] -> zg[t] -> g[t] -> c[t]
let J4[t] = diag(i[t] * (1 - g[t]^2)) @ Wg' @ diag(o[t-1] * (1 - tanh(c[t-1])^2))

claim "c[t-1] -> c[t]": jacobian(c[t], c[t-1] | f[t], i[t], g[t]) = J1[t]
claim "c[t-1] -> h[t-1] -> zf[t] -> f[t] -> c[t]": jacobian(c[t], c[t-1] | i[t], g[t]) = J1[t] + J2[t] for t = 2..T
claim "c[t-1] -> h[t-1] -> zi[t] -> i[t] -> c[t]": jacobian(c[t], c[t-1] | f[t], g[t]) = J1[t] + J3[t] for t = 2..T
claim "c[t-1] -> h[t-1] -> zg[t] -> g[t] -> c[t]": jacobian(c[t], c[t-1] | f[t], i[t]) = J1[t] + J4[t] for t = 2..T
claim "all paths": jacobian(c[t], c[t-1]) = J1[t] + J2[t] + J3[t] + J4[t] for t = 2..T
