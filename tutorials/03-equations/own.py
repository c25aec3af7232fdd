import numpy as np

U, W, b, V, c, h0, x, y = (np.load(name + ".npy") for name in ("U", "W", "b", "V", "c", "h0", "x", "y"))

h, p = [h0], []
for t in range(len(x)):
    h.append(np.tanh(W @ h[-1] + U @ x[t] + b))
    e = np.exp(V @ h[-1] + c)
    p.append(e / e.sum())

dW, dhs, da = np.zeros(W.shape), [], np.zeros(b.shape)
for t in reversed(range(len(x))):
    dh = V.T @ (p[t] - y[t]) + W @ da
    da = (1 - h[t + 1] ** 2) * dh
    dW += da @ h[t].T
    dhs.insert(0, dh)

np.savetxt("dW.csv", dW, delimiter=",")
np.savetxt("dh.csv", np.reshape(dhs, (len(x), -1)), delimiter=",")
