"""The gradients of LSTM with peepholes, derived by gradflow."""
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
        "Uf": n x m
        "Ui": n x m
        "Ug": n x m
        "Uo": n x m
        "Wf": m x m
        "Wi": m x m
        "Wg": m x m
        "Wo": m x m
        "bf": 1 x m
        "bi": 1 x m
        "bg": 1 x m
        "bo": 1 x m
        "Pf": 1 x m
        "Pi": 1 x m
        "Po": 1 x m
        "V": m x k
        "d": 1 x k

    inputs (what has an index may be absent)
        "x": 1 x n, a list of one a step
        "y": 1 x k, a list of one a step
        "h[0]": 1 x m
        "c[0]": 1 x m
    """
    Uf = params["Uf"]
    Ui = params["Ui"]
    Ug = params["Ug"]
    Uo = params["Uo"]
    Wf = params["Wf"]
    Wi = params["Wi"]
    Wg = params["Wg"]
    Wo = params["Wo"]
    bf = params["bf"]
    bi = params["bi"]
    bg = params["bg"]
    bo = params["bo"]
    Pf = params["Pf"]
    Pi = params["Pi"]
    Po = params["Po"]
    V = params["V"]
    d = params["d"]
    given = {**params, **inputs}
    T = len(inputs["x"])
    n, m = Uf.shape
    k = V.shape[1]
    x = Steps((1, n), inputs["x"])
    y = Steps((1, k), inputs["y"])

    # Forward
    zf = Steps((1, m))
    f = Steps((1, m))
    zi = Steps((1, m))
    i = Steps((1, m))
    zg = Steps((1, m))
    g = Steps((1, m))
    c = Steps((1, m))
    c[0] = given["c[0]"]
    zo = Steps((1, m))
    o = Steps((1, m))
    h = Steps((1, m))
    h[0] = given["h[0]"]
    z = Steps((1, k))
    for t in range(1, T+1):
        zf[t] = x[t] @ Uf + h[t-1] @ Wf + bf + c[t-1] * Pf
        f[t] = sigmoid(zf[t])
        zi[t] = x[t] @ Ui + h[t-1] @ Wi + bi + c[t-1] * Pi
        i[t] = sigmoid(zi[t])
        zg[t] = x[t] @ Ug + h[t-1] @ Wg + bg
        g[t] = np.tanh(zg[t])
        c[t] = f[t] * c[t-1] + i[t] * g[t]
        zo[t] = x[t] @ Uo + h[t-1] @ Wo + bo + c[t] * Po
        o[t] = sigmoid(zo[t])
        h[t] = o[t] * np.tanh(c[t])
        z[t] = h[t] @ V + d

    # Backward
    dz = Steps((1, k))
    dh = Steps((1, m))
    do = Steps((1, m))
    dzo = Steps((1, m))
    dc = Steps((1, m))
    df = Steps((1, m))
    dzf = Steps((1, m))
    di = Steps((1, m))
    dzi = Steps((1, m))
    dg = Steps((1, m))
    dzg = Steps((1, m))
    for t in range(T, 0, -1):
        dz[t] = softmax(z[t]) - y[t]
        dh[t] = (dz[t] @ V.T + dzf[t+1] @ Wf.T + dzi[t+1] @ Wi.T
                 + dzg[t+1] @ Wg.T + dzo[t+1] @ Wo.T)
        do[t] = dh[t] * np.tanh(c[t])
        dzo[t] = do[t] * o[t] * (1 - o[t])
        dc[t] = (dzo[t] * Po + dh[t] * o[t] * (1 - np.tanh(c[t])**2)
                 + dzf[t+1] * Pf + dzi[t+1] * Pi + dc[t+1] * f[t+1])
        df[t] = dc[t] * c[t-1]
        dzf[t] = df[t] * f[t] * (1 - f[t])
        di[t] = dc[t] * g[t]
        dzi[t] = di[t] * i[t] * (1 - i[t])
        dg[t] = dc[t] * i[t]
        dzg[t] = dg[t] * (1 - g[t]**2)

    return {
        "x": [dzf[t] @ Uf.T + dzi[t] @ Ui.T + dzg[t] @ Ug.T + dzo[t] @ Uo.T
              for t in range(1, T+1)],
        "Uf": sum(x[t].T @ dzf[t] for t in range(1, T+1)),
        "Ui": sum(x[t].T @ dzi[t] for t in range(1, T+1)),
        "Ug": sum(x[t].T @ dzg[t] for t in range(1, T+1)),
        "Uo": sum(x[t].T @ dzo[t] for t in range(1, T+1)),
        "Wf": sum(h[t-1].T @ dzf[t] for t in range(1, T+1)),
        "Wi": sum(h[t-1].T @ dzi[t] for t in range(1, T+1)),
        "Wg": sum(h[t-1].T @ dzg[t] for t in range(1, T+1)),
        "Wo": sum(h[t-1].T @ dzo[t] for t in range(1, T+1)),
        "bf": sum(dzf[t] for t in range(1, T+1)),
        "bi": sum(dzi[t] for t in range(1, T+1)),
        "bg": sum(dzg[t] for t in range(1, T+1)),
        "bo": sum(dzo[t] for t in range(1, T+1)),
        "Pf": sum(dzf[t] * c[t-1] for t in range(1, T+1)),
        "Pi": sum(dzi[t] * c[t-1] for t in range(1, T+1)),
        "Po": sum(dzo[t] * c[t] for t in range(1, T+1)),
        "V": sum(h[t].T @ dz[t] for t in range(1, T+1)),
        "d": sum(dz[t] for t in range(1, T+1)),
        "h[0]": dzf[1] @ Wf.T + dzi[1] @ Wi.T + dzg[1] @ Wg.T + dzo[1] @ Wo.T,
        "c[0]": dzf[1] * Pf + dzi[1] * Pi + dc[1] * f[1],
    }
