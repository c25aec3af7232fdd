"""Random expressions of the equation language, of a shape that is asked for and of names that are there at their step.

How far behind its own step an expression stands is its lag: in a layer that runs forward, h[t-2] has lag 2, and h[j]
under sum(j, 1..t-1, ...) has lag 1 or more. A name that stands later in its layer, or the name itself, wants a lag of
at least 1; one that stands earlier, 0. An index beyond the ends gives its name a start there.

Whatever could leave the numbers is kept in bounds: log, sqrt and quotients get what is above zero. Softmax and sums
never see what they would cancel (a softmax of a bias that every entry shares, the sum of a softmax): a gradient that is
zero but for rounding could not be compared.
"""

import itertools

ONE = "1"
SUM, PRODUCT, SIGN, POWER, ATOM = range(5)  # how tightly an expression holds together
STEP_NAMES = "h c a z u v s r f g o q e p i j y h1 α c̃ zf dh dz dc da dx ds dh_ dW d_h δ dL dU de".split()
WEIGHT_NAMES = "W U V R b d w A B C D E F Wx Wh Wo bo bh dV dB dA".split()
INPUT_NAMES = "x y x1 x2 u1 mask target in1 in2 in3 in4 in5 dx1 in6 in7 in8".split()
FUNCTIONS = ["tanh", "sigmoid", "relu", "abs", "tanh'", "sigmoid'", "relu'", "abs'"]
BOUNDED = ["tanh", "tanh", "sigmoid", "sigmoid", "clip", "tanh'", "sigmoid'"]


class Name:
    """Something that an expression may name. Its layer is None where it is declared."""

    def __init__(self, text, shape, timed, layer=None, place=0):
        self.text, self.shape, self.timed, self.layer, self.place = text, shape, timed, layer, place
        self.positive = False  # whether all its entries are above 0 at the steps 1 to T
        self.read = False  # whether another name's equation or the loss names it
        self.starts = set()  # the steps that must start: 0 and below, or (1,), (2,) for T+1, T+2


class Index:
    """An index: its lag, None where it may be any step, and that it runs from 1+first to T+last at most."""

    def __init__(self, text, lag, first=0, last=0):
        self.text, self.lag, self.first, self.last = text, lag, first, last


class Scope:
    """Where an expression stands: its layer and place in it, the way of time there (1, -1), the indices it may use."""

    def __init__(self, layer, place, way, indices):
        self.layer, self.place, self.way, self.indices = layer, place, way, indices

    def within(self, index):
        kept = [other for other in self.indices if other.text != index.text]
        return Scope(self.layer, self.place, self.way, [*kept, index])


def bracketed(expression, least):
    text, level = expression
    return text if level >= least else f"({text})"


def shifted(text, by):
    return text if by == 0 else f"{text}{by:+d}"


def is_call(text, heads):
    """Whether a text is one call, of a function that is among the heads."""
    depths = list(itertools.accumulate((sign in "([") - (sign in ")]") for sign in text))
    return text.startswith(heads) and text.endswith(")") and depths.index(0, text.index("(")) == len(text) - 1


class Expressions:
    """The names of a model, its lines as far as they are written, and expressions in them."""

    def __init__(self, dice):
        self.dice = dice
        self.steps = self.dice.choice([1, 2, 3, 3, 3, 5, 5])
        self.T = self.dice.choice(["T"] * 9 + ["N"])
        self.odd = self.steps <= 3 and self.chance(0.08)
        values = self.dice.choice([[2, 3, 4], [4, 2, 3], [3, 3, 3], [2, 2, 2], [2, 3, 2], [3, 1, 2]])
        self.sizes = dict(zip(["n", "m", "k"], values))
        self.rows = self.dice.choice([ONE, ONE, "k", "2"])  # of what flows: 1 for single examples
        self.column = self.rows == ONE and self.chance(0.6)
        self.names, self.lines, self.used = [], [], set(self.sizes)

    # --- dice ---------------------------------------------------------------------------------------------------

    def chance(self, p):
        return self.dice.random() < p

    def pick(self, weighted):
        """One of [(weight, item), ...]."""
        return self.dice.choices([item for _, item in weighted], [weight for weight, _ in weighted])[0]

    def value(self, size):
        return eval(size.replace("/", "//"), {"__builtins__": {}}, dict(self.sizes))  # sizes of our own

    def flowing(self):
        """A shape of what flows from name to name: a column or a batch of rows, or now and then another."""
        size = self.dice.choice(["n", "m", "m", "k"])
        if self.chance(0.12):
            return self.dice.choice([(ONE, ONE), ("n", "m"), ("m", "m"), ("m", ONE), (ONE, "n")])
        return (size, ONE) if self.column else (self.rows, size)

    def familiar(self):
        """The shape of a name that has an equation, if there is one: of a late one rather than of an early one."""
        shapes = [name.shape for name in self.names if name.layer is not None]
        return self.dice.choice(shapes[-4:]) if shapes and self.chance(0.8) else self.flowing()

    def inner(self, fits):
        """The inner size of a matrix product, where `fits` takes it from the shape of a name that has an equation."""
        there = [fits(name.shape) for name in self.names if name.layer is not None and fits(name.shape)]
        return self.dice.choice(there) if there and self.chance(0.8) else self.dice.choice(["n", "m", "k"])

    def fresh(self, among):
        free = [name for name in among if name not in self.used]
        name = self.dice.choice(free) if free else f"w{len(self.used)}"
        self.used.add(name)
        return name

    # --- what is declared ---------------------------------------------------------------------------------------

    def initial(self, kind, shape):
        rows, cols = map(self.value, shape)
        choices = [(6, ""), (1, " ~ normal(0.1, 0.5)"), (1, " ~ uniform(-1, 1)"), (1, " ~ xavier")]
        if kind == "param":
            choices += [(1, " ~ he"), (1, " ~ normal(0, 0.4)")]
            if rows == cols:
                choices += [(1, f" = 0.5 * eye({shape[0]})"), (1, " ~ orthogonal")]
            if rows * cols <= 6:
                numbers = [[f"{self.dice.uniform(-1, 1):.2f}" for _ in range(cols)] for _ in range(rows)]
                choices.append((1, " = [" + "; ".join(map(", ".join, numbers)) + "]"))
        return self.pick(choices)

    def declare(self, kind, shape, timed, initial=None):
        name = Name(self.fresh(WEIGHT_NAMES if kind == "param" else INPUT_NAMES), shape, timed)
        initial = self.initial(kind, shape) if initial is None else initial
        self.lines.append(f"{kind} {name.text}{'[t]' if timed else ''} : {shape[0]} x {shape[1]}{initial}")
        self.names.append(name)
        return name

    def param(self, shape):
        """A parameter: one that is there, or a new one."""
        there = [name for name in self.names if name.layer is None and not name.timed and name.shape == shape]
        if there and self.chance(0.4):
            return self.dice.choice(there)
        return self.declare("param", shape, False)

    def leaf(self, shape):
        kind = self.pick([(4, "param"), (4, "input"), (1, "given")])
        return self.declare(kind, shape, kind != "param" and self.chance(0.8))

    # --- names at their steps -----------------------------------------------------------------------------------

    def start(self, name, first, last):
        """The starts that a name needs where its index runs from 1+first to T+last."""
        name.starts.update(range(1 + first, 1))
        name.starts.update((by,) for by in range(1, last + 1))

    def fixed(self):
        return self.pick([(4, self.T), (3, "1"), *([(1, f"{self.T}-1"), (1, "2")] if self.steps > 1 else [])])

    def wanted_lag(self, scope, name):
        """The least lag at which a scope may use a name; None: it may use it anywhere."""
        if name.layer is None or name.layer < scope.layer:
            return None
        return 0 if name.place < scope.place else 1

    def odd_index(self, name, index):
        """An index that is neither t+s nor T+1-t, for t from 1 to T."""
        form = self.dice.choice(["2*{}", "2*{}-1", "{}-{}", "3*{}-2"])
        if form == "{}-{}":
            self.start(name, -1, 0)
            return f"{self.T}-{index.text}"
        ends = {"2*{}": 2 * self.steps, "2*{}-1": 2 * self.steps - 1, "3*{}-2": 3 * self.steps - 2}
        self.start(name, 0, ends[form] - self.steps)
        return form.format(index.text)

    def index(self, scope, name):
        """Text for the index of a timed name, None where the scope may not use it."""
        least = self.wanted_lag(scope, name)
        indices = [index for index in scope.indices if least is None or index.lag is not None]
        if least is None and (not indices or self.chance(0.12)):
            return self.fixed()
        if not indices:
            return None
        index = self.dice.choice(indices[-2:])
        if least is not None and index.text != "t":
            self.start(name, min(0, -scope.way), max(0, -scope.way))  # of an empty sum of itself, a name has no shape
        if least is None and self.odd and index.first == index.last == 0 and self.chance(0.3):
            return self.odd_index(name, index)
        if least is None and index.first >= 0 >= index.last and self.chance(0.08):
            return f"{self.T}+1-{index.text}"
        by = self.pick([(10, 0), (3, -1), (2, 1), (1, -2), (1, 2)])
        if least is not None and index.lag - scope.way * by < least:
            by = scope.way * (index.lag - least)
            by -= scope.way * (self.chance(0.2))
        if abs(by) > 2:
            return None
        self.start(name, index.first + by, index.last + by)
        return shifted(index.text, by)

    def named(self, scope, name):
        """A name as the scope may write it, None where it may not."""
        if name.layer is not None and name.layer > scope.layer:
            return None
        if not name.timed:
            text = name.text if name.layer is None or name.layer < scope.layer else None
        else:
            index = self.index(scope, name)
            text = f"{name.text}[{index}]" if index else None
        name.read |= bool(text) and scope.place >= 0 and (name.layer, name.place) != (scope.layer, scope.place)
        return text

    def reference(self, scope, shape):
        """A name of a shape, or one transposed."""
        turned = shape[::-1]
        fitting = [name for name in self.names if name.shape in (shape, turned)]
        self.dice.shuffle(fitting)
        fitting.sort(key=lambda name: name.layer is None or self.chance(0.3))
        for name in fitting if self.chance(0.85) else []:
            text = self.named(scope, name)
            if text:
                return (text if name.shape == shape else text + self.pick([(3, "'"), (1, "ᵀ")])), ATOM
        return self.named(scope, self.leaf(shape)), ATOM

    # --- expressions: (text, level) of a shape ------------------------------------------------------------------

    def apply(self, function, argument):
        if function in ("clip", "clip'"):
            ends = self.pick([(2, "-0.6, 0.7"), (1, "-0.9, 0.5"), (1, "0.1, 1")])
            return f"{function}({argument[0]}, {ends})", ATOM
        return f"{function}({argument[0]})", ATOM

    def bounded(self, scope, shape, depth):
        return self.apply(self.dice.choice(BOUNDED), self.expression(scope, shape, depth))

    def above_zero(self, scope, shape):
        """A name all of whose entries are positive, at one of the steps 1 to T; None where there is none."""
        there = [name for name in self.names if name.positive and name.layer < scope.layer and name.shape == shape]
        indices = [index.text for index in scope.indices if index.first >= 0 >= index.last]
        if not there:
            return None
        name, index = self.dice.choice(there), self.dice.choice([*indices * 4, self.T, "1"])
        name.read = True
        return f"{name.text}[{index}]", ATOM

    def positive(self, scope, shape, depth):
        name = self.above_zero(scope, shape)
        if name and self.chance(0.5):
            return name
        inner = self.bounded(scope, shape, depth - 1)[0]
        square = bracketed(self.expression(scope, shape, depth - 1), ATOM)
        return self.pick([
            (2, (f"1.5 + {inner}", SUM)), (2, (f"exp({inner})", ATOM)), (1, (f"0.5 + {square}^2", SUM)),
            (1, (f"log(1 + exp({inner})) + 0.2", SUM)), (1, (f"sqrt({square}² + 0.3)", ATOM)),
        ])

    def broadcast(self, shape):
        """A shape that adds to another."""
        rows, cols = shape
        return self.pick([(5, shape), (1, (rows, ONE)), (1, (ONE, cols)), (1, (ONE, ONE))])

    def addition(self, scope, shape, depth):
        a = self.expression(scope, shape, depth - 1)
        b = self.expression(scope, self.broadcast(shape), depth - 1)
        minus = self.chance(0.3) and a[0] != b[0]
        if self.chance(0.2):
            a, b = b, a
        return f"{bracketed(a, SUM)} {'-' if minus else '+'} {bracketed(b, PRODUCT if minus else SUM)}", SUM

    def hadamard(self, scope, shape, depth):
        a = bracketed(self.expression(scope, shape, depth - 1), PRODUCT)
        b = bracketed(self.expression(scope, self.broadcast(shape), depth - 1), POWER)
        return f"{a} {self.pick([(6, '*'), (1, '∘'), (1, '⊙')])} {b}", PRODUCT

    def square(self, scope, shape, _):
        a = bracketed(self.reference(scope, shape), POWER)
        return f"{a} * {a}", PRODUCT

    def quotient(self, scope, shape, depth):
        a = bracketed(self.expression(scope, shape, depth - 1), PRODUCT)
        return f"{a} / {bracketed(self.positive(scope, self.broadcast(shape), depth - 1), POWER)}", PRODUCT

    def power(self, scope, shape, depth):
        if self.chance(0.4):
            a = bracketed(self.expression(scope, shape, depth - 1), ATOM)
            return self.pick([(4, f"{a}^2"), (1, f"{a}^3"), (1, f"{a}²"), (1, f"{a}^1"), (0.3, f"{a}^0")]), POWER
        a = bracketed(self.positive(scope, shape, depth - 1), ATOM)
        exponents = ["-1", "0.5", "-0.5", "-2", "1.5", "n", "(-1/2)"]
        exponents += [f"({index.text}/2)" for index in scope.indices[:1]]
        return f"{a}^{self.dice.choice(exponents)}", POWER

    def operand(self, scope, shape, depth):
        """Of a matrix product: no bare power."""
        a = self.expression(scope, shape, depth)
        return f"tanh({a[0]})" if a[1] == POWER else bracketed(a, PRODUCT)

    def matmul(self, scope, shape, depth):
        rows, cols = shape
        at = self.pick([(8, " @ "), (1, " · ")])
        if self.chance(0.65):
            weights_first = cols == ONE or (rows != ONE and self.chance(0.3))
            if weights_first:
                inner = self.inner(lambda there: there[1] == cols and there[0])
                return f"{self.param((rows, inner)).text}{at}{self.right(scope, (inner, cols), depth)}", PRODUCT
            inner = self.inner(lambda there: there[0] == rows and there[1])
            return f"{self.operand(scope, (rows, inner), depth - 1)}{at}{self.param((inner, cols)).text}", PRODUCT
        inner = self.dice.choice(["n", "m", "k", ONE if rows != ONE != cols else "m"])
        return f"{self.operand(scope, (rows, inner), depth - 1)}{at}{self.right(scope, (inner, cols), depth)}", PRODUCT

    def right(self, scope, shape, depth):
        """The right operand of a matrix product: in brackets, were it a product."""
        a = self.expression(scope, shape, depth - 1)
        return f"tanh({a[0]})" if a[1] == POWER else bracketed(a, POWER)

    def gram(self, scope, shape, _):
        """x @ x', of one name."""
        a = bracketed(self.reference(scope, (shape[0], self.dice.choice(["n", "m", "k"]))), POWER)
        return f"0.4 * {a} @ {a}'", PRODUCT

    def logits(self, scope, shape, depth):
        """What a softmax takes: nothing that shifts all of a row (or of a column) by the same."""
        rows, cols = shape
        inner = self.inner(lambda there: there[1] == ONE and there[0] if cols == ONE else there[0] == rows and there[1])
        kind = self.dice.random()
        if kind < 0.4:
            return self.apply(self.dice.choice(["tanh", "sigmoid", "tanh"]), self.expression(scope, shape, depth - 1))
        flowing = self.bounded(scope, (inner, ONE) if cols == ONE else (rows, inner), depth - 1)[0]
        weights = self.param((rows, inner) if cols == ONE else (inner, cols)).text
        product = f"{weights} @ {flowing}" if cols == ONE else f"{flowing} @ {weights}"
        if kind < 0.6:
            return product, PRODUCT
        bias = self.param(shape if cols == ONE else self.dice.choice([shape, (ONE, cols)])).text
        return f"{product} + {bias}", SUM

    def softmax(self, scope, shape, depth):
        return self.apply(self.pick([(3, "softmax"), (1, "log_softmax")]), self.logits(scope, shape, depth))

    def turned(self, scope, shape, depth):
        return bracketed(self.expression(scope, shape[::-1], depth - 1), ATOM) + "'", ATOM

    def scaled(self, scope, shape, depth):
        factors = ["0.5", "2", "n", "0.3", "(m + 1)", *[index.text for index in scope.indices[:1]]]
        a = self.expression(scope, shape, depth - 1)
        return self.pick([
            (3, (f"{self.dice.choice(factors)} * {bracketed(a, POWER)}", PRODUCT)),
            (2, (f"{bracketed(a, PRODUCT)} / {self.dice.choice(['2', 'm', '(n + 1)', self.T])}", PRODUCT)),
            (2, (f"-{bracketed(a, POWER)}", SIGN)),
            (2, (f"{self.dice.choice(['1', '0.5', 'n'])} - {bracketed(a, PRODUCT)}", SUM)),
            (1, (f"{bracketed(a, SUM)} + {self.dice.choice(['1', '0.5', self.T])}", SUM)),
            (0.5, (f"{bracketed(a, SUM)} + ones({shape[0]}, {shape[1]})", SUM)),
            (0.5, (f"{bracketed(a, SUM)} - 2 * zeros({shape[0]}, {shape[1]})", SUM)),
        ])

    def choice(self, scope, shape, depth):
        """max, min, where, a comparison; and the functions that are neither smooth nor bounded."""
        a, b = (self.expression(scope, shape, depth - 1)[0] for _ in range(2))
        sign = self.dice.choice(["<", "<=", ">", ">="])
        return self.pick([
            (2, (f"max({a}, {b})", ATOM)),
            (2, (f"min({b}, {a})", ATOM)),
            (2, (f"where({a} {sign} {b}, {b}, {a})", ATOM)),
            (2, (f"({a} {sign} {self.dice.choice(['0', '0.2'])}) * ({b})", PRODUCT)),
            (1, (f"leaky_relu({a}, {self.dice.choice(['0.1', '1 / n'])})", ATOM)),
            (1, (f"leaky_relu'({a}, 0.2)", ATOM)),
            (1, (f"softplus({a})", ATOM)),
            (1, (f"softplus'({a})", ATOM)),
        ])

    def function(self, scope, shape, depth):
        kind = self.dice.random()
        if kind > 0.75:
            return self.choice(scope, shape, depth)
        if kind < 0.12:
            inner = self.positive(scope, shape, depth - 1)
            return self.apply(self.dice.choice(["log", "sqrt", "log'", "sqrt'"]), inner)
        if kind < 0.22:
            return self.apply(self.dice.choice(["exp", "exp", "exp'"]), self.bounded(scope, shape, depth - 1))
        if kind < 0.32:
            return self.apply(self.dice.choice(["clip", "clip", "clip'"]), self.expression(scope, shape, depth - 1))
        if kind < 0.38:
            return self.apply("stop", self.expression(scope, shape, depth - 1))
        return self.apply(self.dice.choice(FUNCTIONS[:4] * 3 + FUNCTIONS), self.expression(scope, shape, depth - 1))

    def stopped(self, scope, shape, depth):
        """A straight-through estimator: one value, another gradient."""
        a = bracketed(self.expression(scope, shape, depth - 1), PRODUCT)
        return f"{self.reference(scope, shape)[0]} + stop({a})", SUM

    # --- of parts and shapes ------------------------------------------------------------------------------------

    def joined(self, scope, shape, depth):
        """[a, b] or [a; b], used through rows, cols or a weight."""
        rows, cols = shape
        other = self.dice.choice(["n", "m", "k"])
        if self.chance(0.5):
            a = self.expression(scope, (rows, cols), depth - 1)[0]
            b = self.expression(scope, (rows, other), depth - 1)[0]
            if self.chance(0.5):
                return f"[{a}, {b}] @ {self.param((f'{cols}+{other}', cols)).text}", PRODUCT
            return f"cols(tanh([{b}, {a}]), 1+{other}, {other}+{cols})", ATOM
        a = self.expression(scope, (rows, cols), depth - 1)[0]
        b = self.expression(scope, (other, cols), depth - 1)[0]
        if self.chance(0.5):
            return f"{self.param((rows, f'{rows}+{other}')).text} @ [{a}; {b}]", PRODUCT
        return f"rows([{b}; {a}], {other}+1, {other}+{rows})", ATOM

    def slice(self, scope, shape, _):
        """A part of something larger."""
        rows, cols = shape
        more = self.dice.choice(["n", "m", "k", "1"])
        if self.chance(0.5):
            a = self.reference(scope, (f"{rows}+{more}", cols))
            return f"rows({a[0]}, {self.pick([(1, f'1, {rows}'), (1, f'{more}+1, {rows}+{more}')])})", ATOM
        a = self.reference(scope, (rows, f"{cols}+{more}"))
        return f"cols({a[0]}, {self.pick([(1, f'1, {cols}'), (1, f'{more}+1, {cols}+{more}')])})", ATOM

    def rotated(self, scope, shape, _):
        """The first row, or column, goes behind the others."""
        rows, cols = shape
        a = bracketed(self.reference(scope, shape), ATOM)
        if self.value(rows) > 1:
            return f"[rows({a}, 2, {rows}); rows({a}, 1, 1)]", ATOM
        if self.value(cols) > 1:
            return f"[cols({a}, 2, {cols}), cols({a}, 1, 1)]", ATOM
        return f"[{a}, {a}] @ [0.5; {a}]", PRODUCT

    def reshaped(self, scope, shape, depth):
        rows, cols = shape
        if cols == ONE and rows != ONE and self.chance(0.4):
            return f"vec({self.expression(scope, self.dice.choice([(ONE, rows), (rows, ONE)]), depth - 1)[0]})", ATOM
        a = self.expression(scope, (cols, rows), depth - 1)[0]
        return f"reshape({self.pick([(2, a), (1, f'vec({a})')])}, {rows}, {cols})", ATOM

    def diagonal(self, scope, shape, depth):
        rows, cols = shape
        if self.chance(0.5):
            v = self.expression(scope, self.dice.choice([(rows, ONE), (ONE, rows)]), depth - 1)
            return f"diag({v[0]}) @ {self.right(scope, shape, depth)}", PRODUCT
        v = self.expression(scope, self.dice.choice([(cols, ONE), (ONE, cols)]), depth - 1)
        return f"{self.operand(scope, shape, depth - 1)} @ diag({v[0]})", PRODUCT

    def reduced(self, scope, shape, depth):
        """rowsum and colsum, of what a softmax cannot be."""
        rows, cols = shape
        other = self.dice.choice(["n", "m", "k"])
        inner = (rows, other) if cols == ONE else (other, cols)
        a = self.bounded(scope, inner, depth - 1)[0]
        b = self.reference(scope, self.broadcast(inner))[0]
        what = "rowsum" if cols == ONE else "colsum"
        return f"{what}({self.pick([(1, a), (1, f'{a} * {b}')])})", ATOM

    def scalar(self, scope, shape, depth):
        """A 1 x 1 value of something larger."""
        inner = self.familiar()
        kind = self.pick([(3, "sum"), (2, "mean"), (1, "norm"), (2, "mse"), (2, "cross_entropy"), (1, "inner")])
        if kind == "mse":
            return f"mse({self.bounded(scope, inner, depth - 1)[0]}, {self.reference(scope, inner)[0]})", ATOM
        if kind == "cross_entropy":
            return self.cross_entropy(scope, inner, depth)
        if kind == "inner":
            inner = (self.inner(lambda there: there[1] == ONE and there[0]), ONE)
            return f"{bracketed(self.reference(scope, inner), ATOM)}' @ {self.right(scope, inner, depth)}", PRODUCT
        a = self.bounded(scope, inner, depth - 1)[0]
        b = bracketed(self.reference(scope, inner), ATOM)
        return f"{kind}({self.pick([(2, f'{a} * {b}'), (1, f'{b}^2'), (1, a)])})", ATOM

    def target(self, scope, shape, depth):
        """Targets: one-hot, any numbers, or computed."""
        kind = self.dice.random()
        if kind < 0.5:
            there = [name for name in self.names if name.layer is None and name.timed and name.shape == shape]
            one_hot = self.value(shape[0]) > 1 or self.value(shape[1]) > 1
            name = there[0] if there and self.chance(0.3) else self.declare(
                self.pick([(4, "given"), (1, "input")]), shape, self.chance(0.9),
                " ~ onehot" if one_hot and self.chance(0.7) else " ~ uniform(0, 1)")
            return self.named(scope, name)
        if kind < 0.75:
            return self.softmax(scope, shape, depth)[0]
        return self.expression(scope, shape, depth - 1)[0]

    def cross_entropy(self, scope, shape, depth):
        z = self.logits(scope, shape, depth)[0]
        return f"cross_entropy({z}, {self.target(scope, shape, depth)})", ATOM

    # --- over ranges --------------------------------------------------------------------------------------------

    def letter(self, scope):
        bound = {index.text for index in scope.indices}
        return next(letter for letter in "jislq" if letter not in bound and not self.is_bare(letter))

    def is_bare(self, letter):
        return letter in self.sizes or any(name.text == letter and not name.timed for name in self.names)

    def range(self, scope):
        """(text of the range, Index) for a new index."""
        letter, T = self.letter(scope), self.T
        choices = [(2, (f"1..{T}", None, 0, 0))]
        if self.steps > 1:
            choices += [(1, (f"2..{T}", None, 1, 0)), (0.5, (f"1..{T}-1", None, 0, -1))]
        if scope.indices:
            v = self.dice.choice(scope.indices[-2:])
            past, later = ((v.lag, None) if scope.way > 0 else (None, v.lag))
            more = lambda lag, by: None if lag is None else lag + by  # noqa: E731
            t = v.text
            choices += [
                (4, (f"1..{t}", past, 0, v.last)),
                (3, (f"1..{t}-1", more(past, 1), 0, v.last - 1)),
                (4, (f"{t}..{T}", later, v.first, 0)),
                (3, (f"{t}+1..{T}", more(later, 1), v.first + 1, 0)),
                (1, (f"{t}-1..{t}", past, v.first - 1, v.last)),
                (1, (f"{t}..{t}+1", later, v.first, v.last + 1)),
                (1, (f"{t}-2..{t}-1", more(past, 1), v.first - 2, v.last - 1)),
                (1, (f"2..{t}", past, 1, v.last)),
            ]
            if v.first >= 0 >= v.last:
                choices.append((0.5, (f"{T}+1-{t}..{T}", None, 0, 0)))
        text, lag, first, last = self.pick(choices)
        return text, Index(letter, lag, first, last)

    def over_range(self, scope, shape, depth):
        text, index = self.range(scope)
        inner = scope.within(index)
        kind = self.dice.random()
        if kind < 0.15:
            whole = scope.within(Index("t", None))
            return f"sum(t, {self.expression(whole, shape, depth - 1)[0]})", ATOM
        if kind < 0.3:
            score = self.exponential(inner, depth)
            value = self.expression(inner, shape, depth - 1)
            over = f"{index.text}, {text}"
            return f"sum({over}, {score} * {bracketed(value, POWER)}) / (0.1 + sum({over}, {score}))", PRODUCT
        return f"sum({index.text}, {text}, {self.expression(inner, shape, depth - 1)[0]})", ATOM

    def exponential(self, scope, depth):
        a = (self.inner(lambda there: there[1] == ONE and there[0]), ONE)
        return f"exp(tanh({bracketed(self.reference(scope, a), ATOM)}' @ {self.right(scope, a, depth - 1)}))"

    def product(self, scope, shape, depth):
        """A product over a range, of matrices or of 1 x 1."""
        text, index = self.range(scope)
        if self.chance(0.3) and index.lag is None and ".." in text and index.first >= 0 >= index.last:
            text = " downto ".join(reversed(text.split("..")))
        inner = scope.within(index)
        rows, cols = shape
        if shape == (ONE, ONE) or self.chance(0.35):
            factor = self.apply(self.dice.choice(["sigmoid", "tanh"]), self.expression(inner, (ONE, ONE), depth - 1))[0]
            other = bracketed(self.expression(scope, shape, depth - 1), POWER)
            return f"prod({index.text}, {text}, {factor}) * {other}", PRODUCT
        left = cols == ONE or (rows != ONE and self.chance(0.5))
        side = rows if left else cols
        factor = self.pick([
            (2, f"tanh({self.expression(inner, (side, side), depth - 1)[0]})"),
            (2, f"diag({self.bounded(inner, (side, ONE), depth - 1)[0]})"),
            (1, self.param((side, side)).text),
            (1, f"diag({self.bounded(inner, (side, ONE), depth - 1)[0]}) @ {self.param((side, side)).text}"),
        ])
        product = f"prod({index.text}, {text}, {factor})"
        if left:
            return f"{product} @ {self.right(scope, shape, depth)}", PRODUCT
        return f"{self.operand(scope, shape, depth - 1)} @ {product}", PRODUCT

    def expression(self, scope, shape, depth):
        if depth <= 0 or self.chance(0.12):
            return self.reference(scope, shape)
        rows, cols = shape
        large = self.value(rows) > 1 or self.value(cols) > 1
        choices = [(5, self.addition), (5, self.hadamard), (1, self.square), (2, self.quotient), (2, self.power),
                   (7, self.matmul), (6, self.function), (1.5, self.turned), (3, self.scaled), (0.5, self.stopped),
                   (2, self.joined), (1, self.slice), (0.7, self.rotated), (1, self.reshaped), (1, self.diagonal),
                   (2.5, self.over_range), (1.2, self.product)]
        if large:
            choices.append((2, self.softmax))
        if rows == cols:
            choices.append((2, self.gram))
        if ONE in shape and large:
            choices.append((1.5, self.reduced))
        if shape == (ONE, ONE):
            choices.append((9, self.scalar))
        return self.pick(choices)(scope, shape, depth)
