# A gated recurrent unit, rows for vectors: mistakes in the lines of its backward pass.

title "GRU with mistakes"

steps T = 5
size  in = 3, m = 4, k = 2
seed  1

input x[t] : 1 x in
input y[t] : 1 x k ~ onehot
param Ur, Uz, Un : in x m
param Wr, Wz, Wn : m x m
param br, bz, bn : 1 x m
param V : m x k
param d : 1 x k
start h[0] : 1 x m = 0

zr[t] = x[t] @ Ur + h[t-1] @ Wr + br
r[t]  = sigmoid(zr[t])
zz[t] = x[t] @ Uz + h[t-1] @ Wz + bz
z[t]  = sigmoid(zz[t])
zn[t] = x[t] @ Un + (r[t] * h[t-1]) @ Wn + bn
n[t]  = tanh(zn[t])
h[t]  = (1 - z[t]) * n[t] + z[t] * h[t-1]
s[t]  = h[t] @ V + d
L[t]  = cross_entropy(s[t], y[t])

loss sum(t, L[t])

# --- the state that stays is forgotten ---------------------------------------------------------------

let ds[t] = softmax(s[t]) - y[t]
let ah[t] = ds[t] @ V' + azz[t+1] @ Wz' + azr[t+1] @ Wr' + (azn[t+1] @ Wn') * r[t+1]
# says: the path h[t] -> h[t+1] is missing
let azn[t] = ah[t] * (1 - z[t]) * (1 - n[t]^2)
let azz[t] = ah[t] * (h[t-1] - n[t]) * z[t] * (1 - z[t])
let azr[t] = (azn[t] @ Wn') * h[t-1] * r[t] * (1 - r[t])

claim grad(s[t]) = ds[t]
claim grad(h[t]) = ah[t]
# says: because of ah
claim grad(zr[t]) = azr[t]
# says: because of ah
claim grad(Wn) = sum(t, (r[t] * h[t-1])' @ azn[t])
# says: because of ah
claim grad(x[t]) = azr[t] @ Ur' + azz[t] @ Uz' + azn[t] @ Un'
# says: because of ah

# --- one of the two places of the update gate is forgotten ----------------------------------------------

let bh[t] = ds[t] @ V' + bh[t+1] * z[t+1] + bzz[t+1] @ Wz' + bzr[t+1] @ Wr' + (bzn[t+1] @ Wn') * r[t+1]
let bzn[t] = bh[t] * (1 - z[t]) * (1 - n[t]^2)
let bzz[t] = bh[t] * h[t-1] * z[t] * (1 - z[t])
# says: one of the 2 terms of the path zz[t] -> z[t] -> h[t] is missing
let bzr[t] = (bzn[t] @ Wn') * h[t-1] * r[t] * (1 - r[t])

claim grad(h[t]) = bh[t]
# says: because of bzz
claim grad(zz[t]) = bzz[t]
# says: because of bzz
claim grad(Uz) = sum(t, x[t]' @ bzz[t])
# says: because of bzz

# --- the candidate's path is forgotten, and the reset gate's -----------------------------------------------

let ch[t] = ds[t] @ V' + ch[t+1] * z[t+1] + czz[t+1] @ Wz' + czr[t+1] @ Wr'
# says: the path h[t] -> zn[t+1] is missing
let czn[t] = ch[t] * (1 - z[t]) * (1 - n[t]^2)
let czz[t] = ch[t] * (h[t-1] - n[t]) * z[t] * (1 - z[t])
let czr[t] = (czn[t] @ Wn') * h[t-1] * r[t] * (1 - r[t])

claim grad(h[t]) = ch[t]
# says: because of ch
claim grad(bz) = sum(t, czz[t])
# says: because of ch

let eh[t] = ds[t] @ V' + eh[t+1] * z[t+1] + ezz[t+1] @ Wz' + (ezn[t+1] @ Wn') * r[t+1]
# says: the path h[t] -> zr[t+1] is missing
let ezn[t] = eh[t] * (1 - z[t]) * (1 - n[t]^2)
let ezz[t] = eh[t] * (h[t-1] - n[t]) * z[t] * (1 - z[t])

claim grad(h[t]) = eh[t]
# says: because of ah
# says: because of eh
claim grad(Wz) = sum(t, h[t-1]' @ ezz[t])
# says: because of ah
# says: because of eh

# --- in the line itself --------------------------------------------------------------------------------------

claim grad(h[t]) = ds[t] @ V' + grad(h[t+1]) * z[t+1]
# says: the paths h[t] -> zr[t+1], h[t] -> zz[t+1] and h[t] -> zn[t+1] are missing
claim grad(h[t]) = ds[t] @ V'
# says: this is the derivative with h held
# says: only the path h[t] -> s[t] is kept: the recursion is missing
claim grad(z[t]) = grad(h[t]) * (n[t] - h[t-1])
# says: the sign is wrong
claim grad(n[t]) = grad(h[t]) * z[t]
# says: the path n[t] -> h[t]: z[t] stands where 1 - z[t] belongs
claim grad(r[t]) = (grad(zn[t]) @ Wn') * h[t]
# says: the path r[t] -> zn[t]: h[t] stands where h[t-1] belongs
claim grad(r[t]) = (grad(zn[t]) @ Wn) * h[t-1]
# says: the path r[t] -> zn[t]: Wn stands where Wn' belongs
