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


def central(name, place, e=1e-5):
    """d loss / d params[name][place], by two losses."""
    up, down = ({**params, name: params[name].copy()} for _ in range(2))
    up[name][place] += e
    down[name][place] -= e
    return (loss(up) - loss(down)) / (2 * e)


gradient = backward(params, inputs)
for name, place in [("W", (2, 1)), ("U", (0, 1)), ("c", (3, 0))]:
    print(f"{name}{list(place)}: {gradient[name][place]:.6f}, central difference {central(name, place):.6f}")

for update in range(5):
    print(f"{loss(params):.6f}")
    gradient = backward(params, inputs)
    for name in params:
        params[name] -= 0.1 * gradient[name]
