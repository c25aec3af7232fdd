"""The gradients of GRU, derived by gradflow."""
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def softmax(a):
    axis = 0 if a.shape[1] == 1 else 1
    e = np.exp(a - a.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


class Steps(dict):
    """A matrix a step, from step 1 on; zeros where there is none."""

    def __init__(self, shape, matrices=()):
        super().__init__(enumerate(matrices, start=1))
        self.zeros = np.zeros(shape)

    def __missing__(self, t):
        return self.zeros


def backward(params, inputs):
    """The gradient of the loss by every parameter, input and start, as a dict.

    All are arrays of two dimensions, vectors, too.

    params
        "Ur": in_ x m
        "Uz": in_ x m
        "Un": in_ x m
        "Wr": m x m
        "Wz": m x m
        "Wn": m x m
        "br": 1 x m
        "bz": 1 x m
        "bn": 1 x m
        "V": m x k
        "d": 1 x k

    inputs (what has an index may be absent)
        "x": 1 x in_, a list of one a step
        "y": 1 x k, a list of one a step
        "h[0]": 1 x m
    """
    Ur = params["Ur"]
    Uz = params["Uz"]
    Un = params["Un"]
    Wr = params["Wr"]
    Wz = params["Wz"]
    Wn = params["Wn"]
    br = params["br"]
    bz = params["bz"]
    bn = params["bn"]
    V = params["V"]
    d = params["d"]
    given = {**params, **inputs}
    T = len(inputs["x"])
    in_, m = Ur.shape
    k = V.shape[1]
    x = Steps((1, in_), inputs["x"])
    y = Steps((1, k), inputs["y"])

    # Forward
    zr = Steps((1, m))
    r = Steps((1, m))
    zz = Steps((1, m))
    z = Steps((1, m))
    zn = Steps((1, m))
    n = Steps((1, m))
    h = Steps((1, m))
    h[0] = given["h[0]"]
    s = Steps((1, k))
    for t in range(1, T+1):
        zr[t] = x[t] @ Ur + h[t-1] @ Wr + br
        r[t] = sigmoid(zr[t])
        zz[t] = x[t] @ Uz + h[t-1] @ Wz + bz
        z[t] = sigmoid(zz[t])
        zn[t] = x[t] @ Un + (r[t] * h[t-1]) @ Wn + bn
        n[t] = np.tanh(zn[t])
        h[t] = (1 - z[t]) * n[t] + z[t] * h[t-1]
        s[t] = h[t] @ V + d

    # Backward
    ds = Steps((1, k))
    dh = Steps((1, m))
    dn = Steps((1, m))
    dzn = Steps((1, m))
    drh = Steps((1, m))
    dr = Steps((1, m))
    dzr = Steps((1, m))
    dz = Steps((1, m))
    dzz = Steps((1, m))
    for t in range(T, 0, -1):
        ds[t] = softmax(s[t]) - y[t]
        dh[t] = (ds[t] @ V.T + dzr[t+1] @ Wr.T + dzz[t+1] @ Wz.T
                 + drh[t+1] * r[t+1] + dh[t+1] * z[t+1])
        dn[t] = dh[t] * (1 - z[t])
        dzn[t] = dn[t] * (1 - n[t]**2)
        drh[t] = dzn[t] @ Wn.T
        dr[t] = drh[t] * h[t-1]
        dzr[t] = dr[t] * r[t] * (1 - r[t])
        dz[t] = dh[t] * (h[t-1] - n[t])
        dzz[t] = dz[t] * z[t] * (1 - z[t])

    return {
        "x": [dzr[t] @ Ur.T + dzz[t] @ Uz.T + dzn[t] @ Un.T
              for t in range(1, T+1)],
        "Ur": sum(x[t].T @ dzr[t] for t in range(1, T+1)),
        "Uz": sum(x[t].T @ dzz[t] for t in range(1, T+1)),
        "Un": sum(x[t].T @ dzn[t] for t in range(1, T+1)),
        "Wr": sum(h[t-1].T @ dzr[t] for t in range(1, T+1)),
        "Wz": sum(h[t-1].T @ dzz[t] for t in range(1, T+1)),
        "Wn": sum((r[t] * h[t-1]).T @ dzn[t] for t in range(1, T+1)),
        "br": sum(dzr[t] for t in range(1, T+1)),
        "bz": sum(dzz[t] for t in range(1, T+1)),
        "bn": sum(dzn[t] for t in range(1, T+1)),
        "V": sum(h[t].T @ ds[t] for t in range(1, T+1)),
        "d": sum(ds[t] for t in range(1, T+1)),
        "h[0]": dzr[1] @ Wr.T + dzz[1] @ Wz.T + drh[1] * r[1] + dh[1] * z[1],
    }
