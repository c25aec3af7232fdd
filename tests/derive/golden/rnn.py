"""The gradients of RNN, derived by gradflow."""
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
        "V": m x k
        "d": 1 x k

    inputs (what has an index may be absent)
        "x": 1 x n, a list of one a step
        "y": 1 x k, a list of one a step
        "h[0]": 1 x m
    """
    U = params["U"]
    W = params["W"]
    b = params["b"]
    V = params["V"]
    d = params["d"]
    given = {**params, **inputs}
    T = len(inputs["x"])
    n, m = U.shape
    k = V.shape[1]
    x = Steps((1, n), inputs["x"])
    y = Steps((1, k), inputs["y"])

    # Forward
    a = Steps((1, m))
    h = Steps((1, m))
    h[0] = given["h[0]"]
    z = Steps((1, k))
    for t in range(1, T+1):
        a[t] = x[t] @ U + h[t-1] @ W + b
        h[t] = np.tanh(a[t])
        z[t] = h[t] @ V + d

    # Backward
    dz = Steps((1, k))
    dh = Steps((1, m))
    da = Steps((1, m))
    for t in range(T, 0, -1):
        dz[t] = softmax(z[t]) - y[t]
        dh[t] = dz[t] @ V.T + da[t+1] @ W.T
        da[t] = dh[t] * (1 - h[t]**2)

    return {
        "x": [da[t] @ U.T for t in range(1, T+1)],
        "U": sum(x[t].T @ da[t] for t in range(1, T+1)),
        "W": sum(h[t-1].T @ da[t] for t in range(1, T+1)),
        "b": sum(da[t] for t in range(1, T+1)),
        "V": sum(h[t].T @ dz[t] for t in range(1, T+1)),
        "d": sum(dz[t] for t in range(1, T+1)),
        "h[0]": da[1] @ W.T,
    }
