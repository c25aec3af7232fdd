"""The gradients of Attention, derived by gradflow."""
import numpy as np


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
        "U": n x m
        "W": m x m
        "b": 1 x m
        "Wq": m x p
        "Wk": m x p
        "V": m x k

    inputs (what has an index may be absent)
        "x": 1 x n, a list of one a step
        "y": 1 x k, a list of one a step
        "h[0]": 1 x m
    """
    U = params["U"]
    W = params["W"]
    b = params["b"]
    Wq = params["Wq"]
    Wk = params["Wk"]
    V = params["V"]
    given = {**params, **inputs}
    T = len(inputs["x"])
    if T != 3:
        raise ValueError("it was derived for 3 steps")
    n, m = U.shape
    p = Wq.shape[1]
    k = V.shape[1]
    x = Steps((1, n), inputs["x"])
    y = Steps((1, k), inputs["y"])

    # Forward
    h = Steps((1, m))
    h[0] = given.get("h[0]", np.zeros((1, m)))
    q = Steps((1, p))
    for t in range(1, T+1):
        h[t] = np.tanh(x[t] @ U + h[t-1] @ W + b)
        q[t] = h[t] @ Wq

    H = np.vstack([h[1], h[2], h[3]])
    K = H @ Wk

    e = Steps((1, 3))
    a = Steps((1, 3))
    c = Steps((1, m))
    z = Steps((1, k))
    for t in range(1, T+1):
        e[t] = q[t] @ K.T / np.sqrt(p)
        a[t] = softmax(e[t])
        c[t] = a[t] @ H
        z[t] = c[t] @ V

    # Backward
    dz = Steps((1, k))
    dc = Steps((1, m))
    da = Steps((1, 3))
    de = Steps((1, 3))
    dze = Steps((1, 3))
    dq = Steps((1, p))
    for t in range(T, 0, -1):
        dz[t] = softmax(z[t]) - y[t]
        dc[t] = dz[t] @ V.T
        da[t] = dc[t] @ H.T
        de[t] = a[t] * (da[t] - da[t] @ a[t].T)
        dze[t] = de[t] / np.sqrt(p)
        dq[t] = dze[t] @ K

    dK = sum(dze[t].T @ q[t] for t in range(1, T+1))
    dH = dK @ Wk.T + sum(a[t].T @ dc[t] for t in range(1, T+1))

    dh = Steps((1, m))
    dzh = Steps((1, m))
    for t in range(T, 0, -1):
        if t == 1:
            dh[t] = dq[1] @ Wq.T + dzh[2] @ W.T + dH[0:1]
        elif t == 2:
            dh[t] = dq[2] @ Wq.T + dzh[3] @ W.T + dH[1:2]
        elif t == 3:
            dh[t] = dq[3] @ Wq.T + dH[2:3]
        dzh[t] = dh[t] * (1 - h[t]**2)

    return {
        "x": [dzh[t] @ U.T for t in range(1, T+1)],
        "U": sum(x[t].T @ dzh[t] for t in range(1, T+1)),
        "W": sum(h[t-1].T @ dzh[t] for t in range(1, T+1)),
        "b": sum(dzh[t] for t in range(1, T+1)),
        "Wq": sum(h[t].T @ dq[t] for t in range(1, T+1)),
        "Wk": H.T @ dK,
        "V": sum(c[t].T @ dz[t] for t in range(1, T+1)),
        "h[0]": dzh[1] @ W.T,
    }
