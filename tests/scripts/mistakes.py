"""Mistakes as people make them, planted in the right side of a line.

A right side is read into a tree whose nodes know where they stand in the text; a mistake replaces the text of one node.
What comes out is a line that can be read; whether its shapes fit, and whether it is wrong, is for others to see.
"""
import re

TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:e[-+]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>\.\.|[<>]=|\S))")
KINDS = ["term dropped", "factor dropped", "index shifted", "name exchanged", "names exchanged twice", "sign",
         "transpose", "order", "other derivative", "call taken off", "slice", "axis", "one step for a sum", "power"]


class Unread(Exception):
    """A right side that this reader does not know."""


class Node:
    def __init__(self, kind, start, end, parts=(), name=""):
        self.kind, self.start, self.end, self.parts, self.name = kind, start, end, list(parts), name

    def walk(self):
        """It and what it consists of, indices aside."""
        yield self
        for part in self.parts if self.kind not in ("timed", "range") else []:
            yield from part.walk()


class Reader:
    """Sums of products of factors, as the language has them."""

    def __init__(self, text):
        self.text, self.tokens, self.place = text, [], 0
        for match in TOKEN.finditer(text):
            if match[0].strip():
                start = match.start(match.lastgroup)
                self.tokens.append((match.lastgroup, match[match.lastgroup], start, match.end()))

    def read(self):
        node = self.sum()
        if self.place != len(self.tokens):
            raise Unread(self.text)
        return node

    def sign(self, *signs):
        """The next token's text if it is one of these."""
        if self.place < len(self.tokens) and self.tokens[self.place][1] in signs:
            return self.tokens[self.place][1]
        return None

    def take(self, sign):
        if not self.sign(sign):
            raise Unread(self.text)
        self.place += 1
        return self.tokens[self.place - 1]

    def end(self):
        return self.tokens[self.place - 1][3]

    def chain(self, kind, signs, part):
        """part (sign part)*: a node whose name has the signs, a blank before the first."""
        parts, names = [part()], [""]
        while found := self.sign(*signs):
            self.place += 1
            names.append(found)
            parts.append(part())
        return parts[0] if len(parts) == 1 else Node(kind, parts[0].start, self.end(), parts, names)

    def sum(self):
        return self.chain("sum", "+-", self.product)

    def product(self):
        return self.chain("product", "*/@", self.factor)

    def factor(self):
        if self.sign("-"):
            start = self.take("-")[2]
            part = self.factor()
            return Node("minus", start, self.end(), [part])
        node = self.primary()
        while self.sign("'"):
            self.place += 1
            node = Node("transpose", node.start, self.end(), [node])
        if self.sign("^"):
            self.place += 1
            exponent = self.factor()
            node = Node("power", node.start, self.end(), [node, exponent])
        return node

    def primary(self):
        if self.place == len(self.tokens):
            raise Unread(self.text)
        kind, text, start, _ = self.tokens[self.place]
        self.place += 1
        if kind == "number":
            return Node("number", start, self.end(), name=text)
        if kind == "name":
            return self.named(text, start)
        if text == "(":
            part = self.sum()
            self.take(")")
            return Node("group", start, self.end(), [part])
        if text == "[":
            parts = self.arguments("]")
            return Node("matrix", start, self.end(), parts)
        raise Unread(self.text)

    def named(self, name, start):
        slope = ""
        if self.sign("'") and self.place + 1 < len(self.tokens) and self.tokens[self.place + 1][1] == "(":
            self.place += 1
            slope = "'"
        if self.sign("("):
            self.place += 1
            parts = self.arguments(")")
            return Node("call", start, self.end(), parts, name + slope)
        if self.sign("["):
            self.place += 1
            parts = self.arguments("]")
            return Node("timed", start, self.end(), parts, name)
        return Node("name", start, self.end(), name=name)

    def arguments(self, closing):
        parts = []
        while not self.sign(closing):
            parts.append(self.chain("range", ["..", "downto"], self.sum))
            if self.sign(",", ";", "|"):
                self.place += 1
        self.take(closing)
        return parts


class Line:
    """A right side, its tree, and the mistakes that can be planted in it."""

    def __init__(self, text, names):
        """names: what stands in the other lines, as in h[t], to be exchanged with what stands here."""
        self.text, self.names = text, names
        self.tree = Reader(text).read()

    def of(self, node):
        return self.text[node.start : node.end]

    def put(self, node, text):
        return self.text[: node.start] + text + self.text[node.end :]

    def mistakes(self):
        """(kind, text) of every mistake."""
        found = []
        for node in self.tree.walk():
            found += getattr(self, "in_" + node.kind, lambda node: [])(node)
        return [(kind, text) for kind, text in found if text != self.text]

    def joined(self, node, skipped):
        """A sum or product without one part."""
        rest = [(name, part) for place, (name, part) in enumerate(zip(node.name, node.parts)) if place != skipped]
        first = "-" if rest[0][0] == "-" else ""
        return first + self.of(rest[0][1]) + "".join(f" {name} {self.of(part)}" for name, part in rest[1:])

    def in_sum(self, node):
        for place, part in enumerate(node.parts):
            if node.parts[0].kind != "number":
                yield "term dropped", self.put(node, self.joined(node, place))
            if place:
                signs = list(node.name)
                signs[place] = "-" if signs[place] == "+" else "+"
                turned = Node("sum", node.start, node.end, node.parts, signs)
                yield "sign", self.put(node, self.joined(turned, None))
        yield from self.slopes(node)

    def slopes(self, node):
        """1 - h^2 for h * (1 - h)."""
        if len(node.parts) == 2 and self.of(node.parts[0]) == "1" and node.name[1] == "-":
            power = node.parts[1]
            if power.kind == "power" and self.of(power.parts[1]) == "2":
                base = self.of(power.parts[0])
                yield "other derivative", self.put(node, f"{base} - {base}^2")
                yield "other derivative", self.put(node, f"1 - {base}")

    def in_product(self, node):
        for place, part in enumerate(node.parts):
            if place or node.name[1] != "/":
                yield "factor dropped", self.put(node, self.joined(node, place))
            after = node.parts[place + 1 : place + 2]
            if after and node.name[place + 1] == "@":
                both = Node("pair", part.start, after[0].end)
                yield "order", self.put(both, f"{self.of(after[0])} @ {self.of(part)}")
            if after and node.name[place + 1] == "*" and self.is_rest(part, after[0]):
                both = Node("pair", part.start, after[0].end)
                yield "other derivative", self.put(both, f"(1 - {self.of(part)}^2)")

    def is_rest(self, part, group):
        return re.sub(r"\s", "", self.of(group)) == f"(1-{self.of(part)})".replace(" ", "")

    def in_minus(self, node):
        yield "sign", self.put(node, self.of(node.parts[0]))

    def in_transpose(self, node):
        yield "transpose", self.put(node, self.of(node.parts[0]))

    def in_power(self, node):
        yield "power", self.put(node, self.of(node.parts[0]))

    def in_timed(self, node):
        index = self.of(node.parts[0])
        for other in {"t": ["t+1", "t-1"], "t+1": ["t"], "t-1": ["t"]}.get(index, []):
            yield "index shifted", self.put(node, f"{node.name}[{other}]")
        for name in self.names:
            if name.endswith("[t]") and name != f"{node.name}[t]":
                other = name.removesuffix("[t]")
                yield "name exchanged", self.put(node, f"{other}[{index}]")
        yield from self.everywhere(node)

    def everywhere(self, node):
        """Another name at all places of one."""
        pattern = re.compile(rf"(?<!\w){re.escape(node.name)}(?=\[)")
        if len(pattern.findall(self.text)) > 1 and pattern.search(self.text).start() == node.start:
            for name in self.names:
                if name.endswith("[t]"):
                    yield "names exchanged twice", pattern.sub(name.removesuffix("[t]"), self.text)

    def in_name(self, node):
        for name in self.names:
            if not name.endswith("]") and name != node.name and len(name) > 1:
                yield "name exchanged", self.put(node, name)

    def in_call(self, node):
        parts = [self.of(part) for part in node.parts]
        if node.name in ("tanh", "sigmoid", "relu", "softmax", "colsum", "rowsum") and len(parts) == 1:
            yield "call taken off", self.put(node, f"({parts[0]})" if node.parts[0].kind != "timed" else parts[0])
        slopes = {"tanh'": "sigmoid'", "sigmoid'": "tanh'", "relu'": "tanh'", "tanh": "sigmoid"}
        if node.name in slopes:
            yield "other derivative", self.put(node, f"{slopes[node.name]}({parts[0]})")
        if node.name in ("rows", "cols") and len(parts) == 3:
            size = f"{parts[2]} - ({parts[1]}) + 1"
            for start in ("1", f"{parts[2]}+1", "2"):
                yield "slice", self.put(node, f"{node.name}({parts[0]}, {start}, {start} + {size} - 1)")
        if node.name in ("colsum", "rowsum"):
            yield "axis", self.put(node, f"{'row' if node.name == 'colsum' else 'col'}sum({parts[0]})")
        if node.name == "sum" and len(parts) > 1:
            index = re.compile(rf"(?<!\w){re.escape(parts[0])}(?!\w)")
            for step in ("1", "T", "t"):
                yield "one step for a sum", self.put(node, "(" + index.sub(step, parts[-1]) + ")")


def atoms(text):
    """The names of a right side, as in h[t] and W."""
    found = set()
    for node in Reader(text).read().walk():
        if node.kind == "timed":
            found.add(f"{node.name}[t]")
        elif node.kind == "name":
            found.add(node.name)
    return found
