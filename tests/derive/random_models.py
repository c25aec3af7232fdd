#!/usr/bin/env python3
"""Writes random models of the equation language: every operation, index and range that it has, without lets and claims.

Usage: random_models.py SEED COUNT FOLDER

FOLDER gets SEED-000.gf and so on; a model depends on SEED and its own number alone. All but a few unroll, with
values that are finite and gradients of which some is not zero.

A model is a row of layers. A layer runs forward or backward in time, or stands outside time. Its names use earlier
layers at any step, but each other only at steps that are there by then. A recurrence ends in a function that is
bounded, or adds little at each step.
"""
import os
import random
import sys

sys.dont_write_bytecode = True
from expressions import BOUNDED, ONE, STEP_NAMES, SUM, Expressions, Index, Name, Scope, bracketed, is_call  # noqa: E402


class Model(Expressions):
    def __init__(self, seed, number):
        super().__init__(random.Random(f"{seed}-{number}"))
        self.title = f"seed {seed}, model {number}"

    # --- equations ----------------------------------------------------------------------------------------------

    def recurrence(self, scope, name):
        """An equation in which a name comes back to itself."""
        before = self.named(scope, name)
        shape, kind = name.shape, self.dice.random()
        other = self.expression(scope, shape, 2)
        if before is None:
            return other[0]
        if kind < 0.3:
            gate = f"sigmoid({self.expression(scope, self.broadcast(shape), 1)[0]})"
            return f"{gate} * {before} + {bracketed(self.bounded(scope, shape, 1), SUM)}"
        if kind < 0.45:
            gate = f"sigmoid({self.expression(scope, shape, 1)[0]})"
            return f"{gate} * {before} + (1 - {gate}) * {self.bounded(scope, shape, 1)[0]}"
        if kind < 0.6:
            return self.apply(self.dice.choice(BOUNDED), (f"{bracketed(other, SUM)} + 0.5 * {before}", SUM))[0]
        if kind < 0.7:
            return f"{before} + 0.3 * {self.bounded(scope, shape, 2)[0]}"
        weights_first = shape[1] == ONE or (shape[0] != ONE and self.chance(0.3))
        side = shape[0] if weights_first else shape[1]
        weights = self.param((side, side)).text
        product = f"{weights} @ {before}" if weights_first else f"{before} @ {weights}"
        function = self.dice.choice(BOUNDED[:5] + ["tanh"] * 5)
        return self.apply(function, (f"{product} + {bracketed(other, SUM)}", SUM))[0]

    def timed_layer(self, number, count):
        way = self.pick([(3, 1), (2, -1)])
        among = [Name(self.fresh(STEP_NAMES), self.flowing(), True, number, place) for place in range(count)]
        self.names += among
        t = Index("t", 0)
        for name in among:
            scope = Scope(number, name.place, way, [t])
            again = self.chance(0.6)
            text = self.recurrence(scope, name) if again else self.bounded_now_and_then(scope, name.shape)
            name.positive = is_call(text, ("sigmoid(", "softmax(", "exp("))
            self.lines.append(f"{name.text}[t] = {text}")

    def bounded_now_and_then(self, scope, shape):
        """Names of one layer may meet in a circle of steps, which must not grow."""
        return (self.bounded if self.chance(0.7) else self.softened)(scope, shape, self.dice.choice([1, 2, 2, 3]))[0]

    def softened(self, scope, shape, depth):
        kinds = [(2, self.softmax)] if self.value(shape[0]) > 1 or self.value(shape[1]) > 1 else []
        kinds += [(2, self.reaching_back)]
        return self.pick(kinds)(scope, shape, depth)

    def reaching_back(self, scope, shape, depth):
        """Any expression, of earlier layers only: nothing in it comes back to itself."""
        earlier = Scope(scope.layer - 0.5, scope.place, scope.way, [Index("t", None)])
        return self.expression(earlier, shape, depth)

    def outside_time(self, number):
        name = Name(self.fresh(STEP_NAMES), self.flowing(), False, number)
        self.lines.append(f"{name.text} = {self.expression(Scope(number, 0, 1, []), name.shape, 3)[0]}")
        self.names.append(name)

    def losses(self, number):
        """L[t], and the loss."""
        name = Name(self.fresh(["L", "E", "loss1", "J", "L1"]), (ONE, ONE), True, number)
        scope = Scope(number, 0, 1, [Index("t", None)])
        self.lines.append(f"{name.text}[t] = {self.scalar(scope, name.shape, 2)[0]}")
        self.names.append(name)
        L, T = name.text, self.T
        ends = [(6, f"sum(t, {L}[t])"), (2, f"sum(t, {L}[t]) / {T}"), (2, f"{L}[{T}]"), (1, f"sum(t, t * {L}[t])"),
                (1, f"{L}[1] + {L}[{T}]"), (1, f"0.5 * sum(j, 1..{T}, {L}[j])")]
        if self.steps > 1:
            ends.append((1, f"sum(j, 2..{T}, {L}[j])"))
        loss = self.pick(ends)
        outside = Scope(number + 1, 0, 1, [])
        for _ in range(self.dice.choice([0, 1, 1])):
            loss += f" + {bracketed(self.scalar(outside, (ONE, ONE), 2), SUM)}"
        there = [other for other in self.names if other.layer is not None]
        for other in there:
            if not other.read and self.chance(0.9):
                loss += f" + {self.whole(outside, other)}"
        loss += f" + {self.anchor(outside, there[-2])}"
        self.lines.append(f"loss {loss}")

    def anchor(self, scope, name):
        """A term of the loss with a parameter whose gradient is not zero."""
        a, weight = self.named(scope, name), self.declare("param", name.shape, False, "").text
        return self.pick([(2, f"mse({a}, {weight})"), (1, f"sum({weight} * {a})"), (1, f"norm({a} - {weight})"),
                          (1, f"mean(log(1 + exp({weight} + {a})))")])

    def whole(self, scope, name):
        """A term of the loss in which all entries of a name count, at one step or at all of them."""
        over = name.timed and self.chance(0.6)
        a = self.named(scope.within(Index("t", None)) if over else scope, name)
        other = self.reference(scope, name.shape)[0]
        term = self.pick([(3, f"sum({a}^2)"), (2, f"mean(tanh({a}))"), (1, f"mse({a}, {other})")])
        return f"sum(t, {term})" if over else term

    # --- the file -----------------------------------------------------------------------------------------------

    def started(self, name):
        """The starts of a name, by equations or of numbers of their own."""
        for step in sorted(name.starts, key=str):
            place = f"{self.T}+{step[0]}" if isinstance(step, tuple) else str(step)
            head = f"start {name.text}[{place}]"
            if name.layer is not None and self.chance(0.35):
                scope = Scope(name.layer - 0.5, -1, 1, [])
                self.lines.append(f"{head} = {self.expression(scope, name.shape, 1)[0]}")
            else:
                initial = self.pick([(3, " ~ normal(0, 0.7)"), (1, " = 0.5"), (1, " = 0"), (1, "")])
                self.lines.append(f"{head} : {name.shape[0]} x {name.shape[1]}{initial}")

    def all_starts(self):
        """A start may name others at their starts, so again until there is nothing new."""
        written = {}
        while any(name.starts - written.get(name, set()) for name in self.names):
            for name in list(self.names):
                new, before = name.starts - written.get(name, set()), set(name.starts)
                name.starts = new
                written.setdefault(name, set()).update(new)
                self.started(name)
                name.starts = name.starts | before

    def write(self):
        number = 0
        for _ in range(self.dice.choice([1, 1, 2, 2, 3])):
            self.timed_layer(number, self.dice.choice([1, 2, 2, 3]))
            number += 1
            if self.chance(0.3):
                self.outside_time(number)
                number += 1
        self.losses(number)
        self.all_starts()
        if self.chance(0.1):
            self.lines.append(f"truncate {self.dice.choice([1, 2, 3])}")
        head = [f"# {self.title}", f"steps {self.T} = {self.steps}"]
        head.append("size " + ", ".join(f"{name} = {value}" for name, value in self.sizes.items()))
        head.append(f"seed {self.dice.randrange(1000)}")
        if self.chance(0.3):
            self.dice.shuffle(self.lines)
        return "\n".join(head + self.lines) + "\n"


def write_models(seed, count, folder):
    """The paths of the models that were written."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for number in range(count):
        paths.append(os.path.join(folder, f"{seed}-{number:03d}.gf"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write(Model(seed, number).write())
    return paths


if __name__ == "__main__":
    if len(sys.argv) != 4 or not sys.argv[2].isdigit():
        sys.exit(__doc__)
    write_models(sys.argv[1], int(sys.argv[2]), sys.argv[3])
