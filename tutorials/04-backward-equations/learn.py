import numpy as np

from backward import backward

random = np.random.RandomState(1)
params = {name: random.randn(*shape) / 2 for name, shape in
          {"W": (4, 4), "U": (4, 2), "b": (4, 1), "V": (5, 4), "c": (5, 1)}.items()}
inputs = {"x": random.randn(6, 2, 1), "y": np.eye(5)[[0, 1, 2, 3, 4, 0]].reshape(6, 5, 1)}


def loss(params):
    h, total = np.zeros((4, 1)), 0
    for x, y in zip(inputs["x"], inputs["y"]):
        h = np.tanh(params["W"] @ h + params["U"] @ x + params["b"])
        o = params["V"] @ h + params["c"]
        total += np.log(np.exp(o).sum()) - (y * o).sum()
    return total


for update in range(5):
    print(f"{loss(params):.6f}")
    gradient = backward(params, inputs)
    for name in params:
        params[name] -= 0.1 * gradient[name]
