#!/usr/bin/env python3
"""Writes the numbers that tests/test_pytorch.c holds gradflow's cells, and models of `gradflow new`, against.

Run it in this folder with Debian's python3-torch: ./generate.py
The files it writes are committed; it need not run to build or test gradflow.

One file a case: lines `key value` up to `end`, then matrices,

    matrix NAME ROWS COLS
    ROWS lines of COLS numbers

Index t counts steps from 1, p the places layer 1 forward, layer 1 backward (if
bidirectional), layer 2 forward, ... from 0. The loss is

    sum over t of cross_entropy(out[t] @ V + d, y[t])
    + sum over p of sum(hn[p] * Rh[p]) + sum(cn[p] * Rc[p])

so that gradients come in at every step and at the last states. A name with `d:`
in front is the gradient of the loss by that matrix.

Of a model a file in the folder models: its name, the sizes that are set, and its leaves by their names in the file.
In the folder flow the same, and what `gradflow flow` measures: matrices loss:NAME and jacobian:NAME, rows k, columns t;
weights:NAME, a number a step; paths:NAME, a row a path in the order of `gradflow derive`, columns k = 2 to T.
In the file train/updates.txt what optimizers make of a matrix, for tests/test_train.c.
"""

import os

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

# kind, batch, layers, directions, steps, start: are there states before the first step? bias: are there biases?
CASES = [
    ("rnn_tanh", 1, 1, 1, 1, True, True),
    ("rnn_tanh", 3, 1, 1, 5, True, True),
    ("rnn_tanh", 1, 2, 1, 10, False, True),
    ("rnn_tanh", 3, 2, 2, 7, True, True),
    ("rnn_tanh", 1, 1, 1, 50, True, True),
    ("rnn_relu", 1, 1, 1, 5, True, True),
    ("rnn_relu", 3, 2, 1, 10, True, True),
    ("rnn_relu", 3, 1, 2, 3, False, True),
    ("rnn_relu", 1, 1, 1, 50, False, True),
    ("lstm", 1, 1, 1, 1, True, True),
    ("lstm", 3, 1, 1, 5, False, True),
    ("lstm", 1, 2, 1, 10, True, True),
    ("lstm", 3, 2, 2, 5, True, True),
    ("lstm", 1, 1, 2, 20, False, True),
    ("lstm", 1, 1, 1, 50, True, True),
    ("lstm", 3, 1, 1, 2, True, False),
    ("gru", 1, 1, 1, 1, True, True),
    ("gru", 3, 1, 1, 5, False, True),
    ("gru", 1, 2, 1, 10, True, True),
    ("gru", 3, 2, 2, 5, True, True),
    ("gru", 1, 1, 2, 20, False, True),
    ("gru", 3, 1, 1, 50, True, True),
]
INPUTS, HIDDEN, CLASSES = 3, 4, 2

# model, steps, what else is set
MODELS = [
    (model, steps, sizes)
    for model in ("gru-after", "residual", "untied", "masked", "attention")
    for steps, sizes in ((1, {}), (5, {"m": 3}), (10, {"k": 2}))
]
FLOWS = [("lstm", 6, {"m": 3}), ("birnn", 5, {}), ("rnn", 40, {}), ("gru", 40, {}), ("lstm", 40, {})]


def network(kind, layers, directions, bias):
    shape = dict(input_size=INPUTS, hidden_size=HIDDEN, num_layers=layers, bidirectional=directions == 2, bias=bias)
    if kind.startswith("rnn_"):
        return torch.nn.RNN(nonlinearity=kind[4:], **shape)
    return torch.nn.LSTM(**shape) if kind == "lstm" else torch.nn.GRU(**shape)


def leaf(*shape):
    return torch.randn(*shape, requires_grad=True)


def write_matrix(file, name, values):
    rows = torch.atleast_2d(values.detach()).tolist()
    file.write(f"matrix {name} {len(rows)} {len(rows[0])}\n")
    for row in rows:
        file.write(" ".join("%.17g" % number for number in row) + "\n")


def run(net, kind, x, h0, c0):
    """PyTorch's outputs and last states; cn is None without a cell state."""
    start = (h0, c0) if kind == "lstm" else h0
    out, end = net(x, start if h0 is not None else None)
    return (out, *end) if kind == "lstm" else (out, end, None)


def write_case(kind, batch, layers, directions, steps, start, bias):
    net = network(kind, layers, directions, bias)
    places, has_c = layers * directions, kind == "lstm"
    states = (places, batch, HIDDEN)
    x = leaf(steps, batch, INPUTS)
    y = torch.nn.functional.one_hot(torch.randint(CLASSES, (steps, batch)), CLASSES).double()
    V, d = leaf(directions * HIDDEN, CLASSES), leaf(CLASSES)
    h0, c0 = (leaf(*states), leaf(*states) if has_c else None) if start else (None, None)
    Rh, Rc = torch.randn(*states), torch.randn(*states)

    out, hn, cn = run(net, kind, x, h0, c0)
    loss = -(y * torch.log_softmax(out @ V + d, 2)).sum() + (hn * Rh).sum()
    if has_c:
        loss = loss + (cn * Rc).sum()
    loss.backward()

    name = f"{kind}_batch{batch}_layers{layers}_directions{directions}_steps{steps}"
    with open(f"{name}{'' if bias else '_nobias'}.txt", "w", encoding="ascii") as file:
        file.write(f"kind {kind}\ninputs {INPUTS}\nhidden {HIDDEN}\nclasses {CLASSES}\nbatch {batch}\n")
        file.write(f"layers {layers}\ndirections {directions}\nsteps {steps}\n")
        file.write(f"start {int(start)}\nbias {int(bias)}\nend\n")
        for key, weights in [*net.named_parameters(), ("V", V), ("d", d)]:
            write_matrix(file, key, weights)
            write_matrix(file, "d:" + key, weights.grad)
        for p in range(places):
            for key, values in (("h0", h0), ("c0", c0)):
                if values is not None:
                    write_matrix(file, f"{key}[{p}]", values[p])
                    write_matrix(file, f"d:{key}[{p}]", values.grad[p])
            for key, values in (("hn", hn), ("Rh", Rh), ("cn", cn), ("Rc", Rc)):
                if has_c or key not in ("cn", "Rc"):
                    write_matrix(file, f"{key}[{p}]", values[p])
        for t in range(steps):
            write_matrix(file, f"x[{t + 1}]", x[t])
            write_matrix(file, f"d:x[{t + 1}]", x.grad[t])
            write_matrix(file, f"y[{t + 1}]", y[t])
            write_matrix(file, f"out[{t + 1}]", out[t])
        write_matrix(file, "loss", loss)


# --- models of `gradflow new` ---------------------------------------------------------------------------------------


class Leaves(dict):
    """The leaves of a model by name: a tensor, or of a name with time a list; made when they are asked for."""

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    @staticmethod
    def small(rows, cols):
        """So that no sum of states makes a loss that is nothing but rounding."""
        return (torch.randn(rows, cols) / 2).requires_grad_()

    def once(self, *names, rows, cols):
        for name in names:
            self[name] = self.small(rows, cols)
        return [self[name] for name in names]

    def each(self, *names, rows, cols):
        for name in names:
            self[name] = [self.small(rows, cols) for _ in range(self.steps)]
        return [self[name] for name in names]

    def targets(self, rows, k):
        chosen = torch.randint(k, (self.steps, rows))
        self["y"] = list(torch.nn.functional.one_hot(chosen, k).double())
        return chosen

    def matrices(self):
        for name, value in self.items():
            if isinstance(value, list):
                yield from ((f"{name}[{t}]", matrix) for t, matrix in enumerate(value, start=1))
            else:
                yield name, value


def judged(scores, chosen):
    """The sum of all losses: rows of scores a step, and the classes that are right."""
    return torch.nn.functional.cross_entropy(torch.cat(scores), chosen.flatten(), reduction="sum")


def gru_after(leaves, n, m, k):
    """What torch.nn.GRU calls. Of the gates r and z it has two biases each, one of which is zero here."""
    (x,), chosen = leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    U = leaves.once("Ur", "Uz", "Un", rows=n, cols=m)
    W = leaves.once("Wr", "Wz", "Wn", rows=m, cols=m)
    b, (cn, h0) = leaves.once("br", "bz", "bn", rows=1, cols=m), leaves.once("cn", "h[0]", rows=1, cols=m)
    (V,), (d,) = leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    biases = [torch.cat(b, 1)[0], torch.cat([torch.zeros(1, 2 * m), cn], 1)[0]]
    weights = [torch.cat(U, 1).T, torch.cat(W, 1).T, *biases]
    out, _ = torch.gru(torch.stack(x), h0[None], weights, True, 1, 0.0, False, False, False)
    return judged([out[:, 0] @ V + d], chosen)


def residual(leaves, n, m, k):
    (x,), chosen = leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    (U,), (W, P, Q) = leaves.once("U", rows=n, cols=m), leaves.once("W", "P", "Q", rows=m, cols=m)
    b, c, h = leaves.once("b", "c", "h[0]", rows=1, cols=m)
    (V,), (d,) = leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    scores = []
    for step in x:
        h = h + torch.tanh(step @ U + h @ W + b)
        scores.append((h + torch.relu(h @ P + c) @ Q) @ V + d)
    return judged(scores, chosen)


def untied(leaves, n, m, k):
    (x,), chosen = leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    (U,), (W,), (b,) = (leaves.each(name, rows=rows, cols=m) for name, rows in (("U", n), ("W", m), ("b", 1)))
    (S,), (h,) = leaves.once("S", rows=m, cols=m), leaves.once("h[0]", rows=1, cols=m)
    (V,), (d,) = leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    scores = []
    for t, step in enumerate(x):
        h = torch.tanh(step @ U[t] + h @ (S + W[t]) + b[t])
        scores.append(h @ V + d)
    return judged(scores, chosen)


def masked(leaves, n, m, k):
    """Packed sequences, in which there is no padding at all."""
    T = leaves.steps
    lengths = torch.tensor([T, T, T // 2 + 1, 3, 2, 1]).clamp(max=T)
    B, going = len(lengths), torch.arange(T)[:, None] < lengths
    (x,), chosen = leaves.each("x", rows=B, cols=n), leaves.targets(B, k)
    leaves["mask"] = list(going.double()[:, :, None])
    (U,), (W,), (b,) = (leaves.once(name, rows=rows, cols=m) for name, rows in (("U", n), ("W", m), ("b", 1)))
    (V,), (d,) = leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    (q,), (h0,) = leaves.once("q", rows=m, cols=1), leaves.once("h[0]", rows=B, cols=m)
    leaves["r"] = torch.randn(B, 1)
    rows, sizes, _, _ = packed = pack_padded_sequence(torch.stack(x), lengths)
    weights = [U.T, W.T, b[0], torch.zeros(m)]
    rows, last = torch.rnn_tanh(rows, sizes, h0[None], weights, True, 1, 0.0, False, False)
    out, _ = pad_packed_sequence(packed._replace(data=rows))
    mean = torch.nn.functional.cross_entropy((out @ V + d)[going], chosen[going])
    return mean + torch.nn.functional.mse_loss(last[0] @ q, leaves["r"])


def attention(leaves, n, m, k):
    (x,), chosen = leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    (U,), (W, Q) = leaves.once("U", rows=n, cols=m), leaves.once("W", "Q", rows=m, cols=m)
    b, h = leaves.once("b", "h[0]", rows=1, cols=m)
    (V,), (d,) = leaves.once("V", rows=2 * m, cols=k), leaves.once("d", rows=1, cols=k)
    states = []
    for step in x:
        h = torch.tanh(step @ U + h @ W + b)
        states.append(h)
    H = torch.cat(states)
    weights = torch.softmax(H @ Q @ H.T / m**0.5, 1)
    return judged([torch.cat([H, weights @ H], 1) @ V + d], chosen)


def write_model(model, steps, sizes):
    leaves, all_sizes = Leaves(steps), {"n": 2, "m": 4, "k": 3, **sizes}
    loss = globals()[model.replace("-", "_")](leaves, **all_sizes)
    loss.backward()
    with open(os.path.join("models", f"{model}_steps{steps}.txt"), "w", encoding="ascii") as file:
        file.write(f"model {model}\n" + "".join(f"set {key} {size}\n" for key, size in {"T": steps, **sizes}.items()))
        file.write("end\n")
        for name, matrix in leaves.matrices():
            write_matrix(file, name, matrix)
            if matrix.requires_grad:
                write_matrix(file, "d:" + name, matrix.grad)
        write_matrix(file, "loss", loss)


# --- gradients over time, for `gradflow flow` -------------------------------------------------------------------------


def copies(leaves, *names):
    """A copy of each weight a step, so that each step's share in its gradient can be asked for."""
    leaves.copies.update({name: [leaves[name].clone() for _ in range(leaves.steps)] for name in names})
    return [leaves.copies[name] for name in names]


def lstm(leaves, n, m, k):
    (x,), chosen = leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    gates = "figo"
    leaves.once(*("U" + gate for gate in gates), rows=n, cols=m)
    leaves.once(*("W" + gate for gate in gates), rows=m, cols=m)
    leaves.once(*("b" + gate for gate in gates), rows=1, cols=m)
    leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    h, c = leaves.once("h[0]", "c[0]", rows=1, cols=m)
    U, W, b = ({gate: copies(leaves, name + gate)[0] for gate in gates} for name in "UWb")
    V, d = copies(leaves, "V", "d")
    states, losses = {"c": [], "h": []}, []
    for t, step in enumerate(x):

        def gate(name, h):
            z = step @ U[name][t] + h @ W[name][t] + b[name][t]
            return torch.tanh(z) if name == "g" else torch.sigmoid(z)

        def along(path, before, o):
            """c[t] by c[t-1] where it alone, or one gate alone, sees what comes from c[t-1]."""
            cell = before if path == "c" else before.detach()
            own = o * torch.tanh(before)
            values = {name: gate(name, own if name == path else own.detach()) for name in "fig"}
            return values["f"] * cell + values["i"] * values["g"]

        if t:
            for path in ("c", "f", "i", "g"):
                before = c.detach().clone().requires_grad_()
                jacobian = rows_of(along(path, before, o.detach()), before)
                leaves.paths.setdefault("c", {}).setdefault(path, []).append(spectral(jacobian))
        f, i, g, o = (gate(name, h) for name in gates)
        c = f * c + i * g
        h = o * torch.tanh(c)
        states["c"].append(c)
        states["h"].append(h)
        losses.append(judged([h @ V[t] + d[t]], chosen[t]))
    return states, losses


def rnn(leaves, n, m, k):
    (x,), chosen = leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    leaves.once("U", rows=n, cols=m), leaves.once("W", rows=m, cols=m), leaves.once("b", rows=1, cols=m)
    leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    (h,), (U, W, b, V, d) = leaves.once("h[0]", rows=1, cols=m), copies(leaves, "U", "W", "b", "V", "d")
    states, losses = {"h": []}, []
    for t, step in enumerate(x):
        h = torch.tanh(step @ U[t] + h @ W[t] + b[t])
        states["h"].append(h)
        losses.append(judged([h @ V[t] + d[t]], chosen[t]))
    return states, losses


def gru(leaves, m, k, **sizes):
    (x,), chosen = leaves.each("x", rows=1, cols=sizes["n"]), leaves.targets(1, k)
    gates = "rzn"
    leaves.once(*("U" + gate for gate in gates), rows=sizes["n"], cols=m)
    leaves.once(*("W" + gate for gate in gates), rows=m, cols=m)
    leaves.once(*("b" + gate for gate in gates), rows=1, cols=m)
    leaves.once("V", rows=m, cols=k), leaves.once("d", rows=1, cols=k)
    (h,) = leaves.once("h[0]", rows=1, cols=m)
    U, W, b = ({gate: copies(leaves, name + gate)[0] for gate in gates} for name in "UWb")
    V, d = copies(leaves, "V", "d")
    states, losses = {"h": []}, []
    for t, step in enumerate(x):
        r, z = (torch.sigmoid(step @ U[gate][t] + h @ W[gate][t] + b[gate][t]) for gate in "rz")
        h = (1 - z) * torch.tanh(step @ U["n"][t] + (r * h) @ W["n"][t] + b["n"][t]) + z * h
        states["h"].append(h)
        losses.append(judged([h @ V[t] + d[t]], chosen[t]))
    return states, losses


def birnn(leaves, n, m, k):
    T, (x,), chosen = leaves.steps, leaves.each("x", rows=1, cols=n), leaves.targets(1, k)
    leaves.once("Uf", "Ub", rows=n, cols=m), leaves.once("Wf", "Wb", rows=m, cols=m)
    leaves.once("bf", "bb", rows=1, cols=m), leaves.once("V", rows=2 * m, cols=k), leaves.once("d", rows=1, cols=k)
    Uf, Ub, Wf, Wb, bf, bb, V, d = copies(leaves, "Uf", "Ub", "Wf", "Wb", "bf", "bb", "V", "d")
    (forward,), (backward,) = leaves.once("hf[0]", rows=1, cols=m), leaves.once(f"hb[{T + 1}]", rows=1, cols=m)
    states = {"hf": [], "hb": [None] * T}
    for t in range(T):
        forward = torch.tanh(x[t] @ Uf[t] + forward @ Wf[t] + bf[t])
        states["hf"].append(forward)
    for t in reversed(range(T)):
        backward = torch.tanh(x[t] @ Ub[t] + backward @ Wb[t] + bb[t])
        states["hb"][t] = backward
    scores = (torch.cat([states["hf"][t], states["hb"][t]], 1) @ V[t] + d[t] for t in range(T))
    return states, [judged([score], chosen[t]) for t, score in enumerate(scores)]


def rows_of(y, *inputs):
    """The Jacobians of y by the inputs, by one alone that one; zeros where y does not depend on it."""
    rows = [torch.autograd.grad(entry, inputs, retain_graph=True, allow_unused=True) for entry in y.flatten()]
    whole = [torch.stack([torch.zeros(x.numel()) if row is None else row.flatten() for row in column]) for x, column in zip(inputs, zip(*rows))]
    return whole if len(inputs) > 1 else whole[0]


def spectral(jacobian):
    return torch.linalg.matrix_norm(jacobian, 2)


def write_flow(model, steps, sizes):
    leaves = Leaves(steps)
    leaves.copies, leaves.paths = {}, {}
    states, losses = globals()[model](leaves, **{"n": 2, "m": 4, "k": 3, **sizes})
    with open(os.path.join("flow", f"{model}_steps{steps}.txt"), "w", encoding="ascii") as file:
        file.write(f"model {model}\n" + "".join(f"set {key} {size}\n" for key, size in {"T": steps, **sizes}.items()))
        file.write("end\n")
        for name, matrix in leaves.matrices():
            write_matrix(file, name, matrix)
        for name, state in states.items():
            back = [[gradient.norm() for gradient in rows_of(loss, *state)] for loss in losses]
            write_matrix(file, "loss:" + name, torch.tensor(back))
            write_matrix(file, "jacobian:" + name, torch.tensor([[spectral(block) for block in rows_of(y, *state)] for y in state]))
        for name, uses in leaves.copies.items():
            write_matrix(file, "weights:" + name, torch.stack([rows_of(sum(losses), W).norm() for W in uses]))
        for name, paths in leaves.paths.items():
            write_matrix(file, "paths:" + name, torch.tensor(list(paths.values())))


def clip_by_norm(matrix, bound):
    matrix.grad *= min(1, bound / matrix.grad.norm().item())  # clip_grad_norm_ adds 1e-6 to the norm


# what it is called in tests/test_train.c, the optimizer of a list of matrices, what clips, the schedule of an optimizer
UPDATES = [
    ("sgd", lambda p: torch.optim.SGD(p, 0.1), None, None),
    ("momentum", lambda p: torch.optim.SGD(p, 0.1, momentum=0.9), None, None),
    ("nesterov", lambda p: torch.optim.SGD(p, 0.1, momentum=0.8, nesterov=True), None, None),
    ("rmsprop", lambda p: torch.optim.RMSprop(p, 0.01), None, None),
    ("adam", lambda p: torch.optim.Adam(p, 0.05), None, None),
    ("adamw", lambda p: torch.optim.AdamW(p, 0.05), None, None),
    ("sgd_l2", lambda p: torch.optim.SGD(p, 0.1, weight_decay=0.2), None, None),
    ("adam_l2", lambda p: torch.optim.Adam(p, 0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.2), None, None),
    ("adamw_decay", lambda p: torch.optim.AdamW(p, 0.05, weight_decay=0.3), None, None),
    ("clip_norm", lambda p: torch.optim.SGD(p, 0.1), lambda W: clip_by_norm(W, 0.1), None),
    ("clip_value", lambda p: torch.optim.SGD(p, 0.1), lambda W: torch.nn.utils.clip_grad_value_([W], 0.02), None),
    ("step", lambda p: torch.optim.SGD(p, 0.1), None, lambda o: torch.optim.lr_scheduler.StepLR(o, 4, 0.5)),
    ("cosine", lambda p: torch.optim.SGD(p, 0.1), None, lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 15)),
]


def write_updates():
    """Of each optimizer a matrix: row k is W, row by row, after k updates by the loss mse(tanh(X @ W), Y)."""
    X, Y, start = torch.randn(6, 2), torch.randn(6, 3), torch.randn(2, 3)
    with open(os.path.join("train", "updates.txt"), "w", encoding="ascii") as file:
        for name, matrix in ("X", X), ("Y", Y), ("W", start):
            write_matrix(file, name, matrix)
        for name, make, clip, schedule in UPDATES:
            W = start.clone().requires_grad_()
            optimizer = make([W])
            scheduler = schedule(optimizer) if schedule else None
            rows = []
            for _ in range(15):
                optimizer.zero_grad()
                torch.nn.functional.mse_loss(torch.tanh(X @ W), Y).backward()
                if clip:
                    clip(W)
                optimizer.step()
                if scheduler:
                    scheduler.step()
                rows.append(W.detach().flatten().clone())
            write_matrix(file, name, torch.stack(rows))


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    os.makedirs("train", exist_ok=True)
    torch.manual_seed(0)
    write_updates()
    os.makedirs("models", exist_ok=True)
    os.makedirs("flow", exist_ok=True)
    for number, case in enumerate(FLOWS):
        torch.manual_seed(number)
        write_flow(*case)
    for number, case in enumerate(MODELS):
        torch.manual_seed(number)
        write_model(*case)
    for number, case in enumerate(CASES):
        torch.manual_seed(number)
        write_case(*case)


main()
