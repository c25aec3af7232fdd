"""What a picture promises the eye, looked up in the places that `-o x.json` lists (src/view/drawing/drawing.h).

findings(drawn) yields pairs, what kind of fault and where: texts that meet, leave their box or the page, lie on a line
or on another's box, are small or faint; numbers far from lines; lines behind boxes that they do not join, two sources on
one line, loose ends, joints with a gap, states beside their cells, heads on others' lines, faint lines; boxes that
overlap. The code that lays out is not asked: only rectangles and lines are.
"""
import functools
import json
import math
import re
from collections import defaultdict

SLIDE = (1280, 720)
SMALLEST, SMALLEST_SUBSCRIPT = 12, 10  # pixels: 9 and 7.5 points
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3  # WCAG 2.1, 1.4.3 and 1.4.11
APART, TOGETHER = 3, 2  # lines nearer than the one, for longer than the other, are one line to the eye
GROUND, BESIDE = 1, 6  # and so are inks with less ground between them, for longer than that
WIDEST = 8  # no line is wider
SLACK = 0.05  # places are rounded to a hundredth
FAR = 34  # a number is no further from a line
NUMBER = re.compile(r"[0-9]*\.?[0-9]+(e[0-9\u2212]+)?$")
TOUCH = 0.5  # an end this near to something is joined to it


# --- geometry ---------------------------------------------------------------------------------------------------------


class Rect:
    """A rectangle: its left, upper, right and lower edge."""

    def __init__(self, x0, y0, x1, y1):
        self.x0, self.y0, self.x1, self.y1 = x0, y0, x1, y1

    @classmethod
    def of(cls, item):
        return cls(item["x"], item["y"], item["x"] + item["width"], item["y"] + item["height"])

    def grown(self, by):
        return Rect(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def meets(self, other):
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def within(self, other):
        return self.x0 >= other.x0 and self.x1 <= other.x1 and self.y0 >= other.y0 and self.y1 <= other.y1

    def centre(self):
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, point):
        return self.x0 <= point[0] <= self.x1 and self.y0 <= point[1] <= self.y1

    def cut_by(self, a, b):
        """Does the piece of a line from a to b pass through? (Liang and Barsky 1984)"""
        first, last = 0.0, 1.0
        for start, way, low, high in ((a[0], b[0] - a[0], self.x0, self.x1), (a[1], b[1] - a[1], self.y0, self.y1)):
            if way == 0:
                if not low < start < high:
                    return False
                continue
            enter, leave = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, enter), min(last, leave)
        return first < last


def around(a, b, by=0.0):
    return Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])).grown(by)


class Near:
    """Things by where they are, so that a page of thousands need not be compared pair by pair."""

    def __init__(self, things, rect_of, cell=120.0):
        self.cell, self.cells = cell, defaultdict(list)
        for thing in things:
            rect = rect_of(thing)
            entry = rect.x0 - SLACK, rect.y0 - SLACK, rect.x1 + SLACK, rect.y1 + SLACK, thing
            for key in self._keys(rect):
                self.cells[key].append(entry)

    def _keys(self, rect):
        for column in range(int(rect.x0 // self.cell), int(rect.x1 // self.cell) + 1):
            for row in range(int(rect.y0 // self.cell), int(rect.y1 // self.cell) + 1):
                yield column, row

    def to(self, rect):
        """Those whose rectangle meets this one, or touches it, in the order in which they were given."""
        found = {}
        x0, y0, x1, y1 = rect.x0, rect.y0, rect.x1, rect.y1
        for key in self._keys(rect):
            for left, top, right, bottom, thing in self.cells.get(key, ()):
                if left < x1 and x0 < right and top < y1 and y0 < bottom:
                    found[thing["number"]] = thing
        return [found[number] for number in sorted(found)]


# --- colours ----------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def luminance(colour):
    """Relative luminance of "#rrggbb", 0 to 1 (WCAG 2.1)."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# --- a picture --------------------------------------------------------------------------------------------------------


class Picture:
    """The places, with their rectangles, the pieces of the lines, and what lies near what."""

    def __init__(self, places):
        self.page = Rect(0, 0, places["width"], places["height"])
        self.ground = places["ground"]
        self.areas = self._numbered(places["areas"])
        self.boxes = [area for area in self.areas if area["class"] == "box"]
        self.cells = [area for area in self.areas if area["class"] == "cell"]
        self.texts = self._numbered([text for text in places["texts"] if text["text"].strip() and text["width"] > 0])
        painted = self._numbered(places["lines"])
        self.lines = [line for line in painted if line["class"] != "halo"]
        self.halos = {str(line["points"]): line["number"] for line in painted if line["class"] == "halo"}
        self.arrows = [line for line in self.lines if line["from"]]
        self.pieces = self._numbered(list(self._pieces()))
        for item in self.areas + self.texts:
            item["rect"] = Rect.of(item)
        self.near_areas = Near(self.areas, lambda area: area["rect"])
        self.near_texts = Near(self.texts, lambda text: text["rect"])
        self.near_pieces = Near(self.pieces, lambda piece: piece["ink"])
        self.box_of = {box["id"]: box for box in self.boxes}
        self.entered = defaultdict(list)
        for line in self.arrows:
            end = line["points"][-1]
            boxes = [self.box_of[key] for key in set(line["to"]) if key in self.box_of]
            self.entered[line["from"], end[1]] += [box for box in boxes if box["rect"].grown(TOUCH).holds(end)]

    @staticmethod
    def _numbered(items):
        return [dict(item, number=number) for number, item in enumerate(items)]

    def _pieces(self):
        for line in self.lines:
            for a, b in zip(line["points"], line["points"][1:]):
                yield {"line": line, "a": a, "b": b, "ink": around(a, b, line["width"] / 2)}

    def cuts(self, one, other):
        """Is the ground around one line painted over the other?"""
        return self.halos.get(str(one["points"]), -1) > other["number"]

    def passed(self, line):
        """The boxes that a line of the same source goes into at the height at which this one begins."""
        return self.entered[line["from"], line["points"][0][1]]

    def own_area(self, text):
        """The box or cell that a text belongs to, a quantity's within a box; None where it stands free."""
        for area in self.near_areas.to(text["rect"]):
            cell = area["class"] in ("cell", "quantity") and area["id"] == text["in"]
            if cell and area["rect"].holds(text["rect"].centre()):
                return area
        return self.box_of.get(text["in"])


def name(line):
    return "%s -> %s" % (line["from"], " ".join(sorted(set(line["to"]))))


# --- texts ------------------------------------------------------------------------------------------------------------


def check_texts(p):
    for text in p.texts:
        rect, own = text["rect"], p.own_area(text)
        for other in p.near_texts.to(rect):
            if other["number"] < text["number"] and rect.grown(-SLACK).meets(other["rect"]):
                yield "texts meet", "'%s' and '%s'" % (other["text"], text["text"])
        if own and not rect.within(own["rect"].grown(SLACK)):
            yield "text leaves its box", "'%s' in %s" % (text["text"], own["id"])
        if not rect.within(p.page.grown(SLACK)):
            yield "text leaves the page", "'%s'" % text["text"]
        if text["size"] < SMALLEST - SLACK or text["smallest"] < SMALLEST_SUBSCRIPT - SLACK:
            yield "small text", "'%s': %g px, %g px" % (text["text"], text["size"], text["smallest"])
        yield from check_ground(p, text, own)


def check_ground(p, text, own):
    """What lies below a text: the areas that it touches, down to one that covers it; lines, where it stands free."""
    rect, below = text["rect"], []
    for area in reversed([area for area in p.near_areas.to(rect) if area["rect"].grown(-SLACK).meets(rect)]):
        if area["class"] in ("box", "cell") and area is not own:
            yield "text on another's box", "'%s' on %s" % (text["text"], area["id"])
        if area["fill"]:
            below.append(area["fill"])
            if rect.within(area["rect"].grown(SLACK)):
                break
    else:
        below.append(p.ground)
    for colour in below:
        if contrast(text["colour"], colour) < TEXT_CONTRAST:
            yield "faint text", "'%s': %.2f on %s" % (text["text"], contrast(text["colour"], colour), colour)
    for piece in () if own else p.near_pieces.to(rect):
        if rect.grown(-0.5).meets(piece["ink"]):
            yield "text on a line", "'%s' on %s" % (text["text"], name(piece["line"]))


def check_numbers(p):
    """A number of an arrow stands near to one; what else stands free, the legend, the strip, is above or below all."""
    ends = [y for piece in p.pieces if piece["line"]["from"] for y in (piece["a"][1], piece["b"][1])]
    top, bottom = min(ends, default=0), max(ends, default=0)
    for text in p.texts:
        rect = text["rect"]
        if NUMBER.match(text["text"]) and not text["in"] and top < rect.y0 and rect.y1 < bottom:
            if not any(piece["ink"].meets(rect.grown(FAR)) for piece in p.near_pieces.to(rect.grown(FAR))):
                yield "number beside no line", "'%s'" % text["text"]


# --- boxes and lines --------------------------------------------------------------------------------------------------


def check_boxes(p):
    for box in p.boxes + p.cells:
        if not box["rect"].within(p.page.grown(SLACK)):
            yield "box leaves the page", box["id"]
        for other in p.near_areas.to(box["rect"]):
            if other["class"] in ("box", "cell") and other["number"] < box["number"]:
                if box["rect"].grown(-SLACK).meets(other["rect"]):
                    yield "boxes overlap", "%s and %s" % (other["id"], box["id"])


def check_lines(p):
    for line in p.lines:
        if contrast(line["colour"], p.ground) < LINE_CONTRAST:
            yield "faint line", "%s: %s, %.2f" % (name(line), line["colour"], contrast(line["colour"], p.ground))
    for piece in p.pieces:
        if not piece["ink"].within(p.page.grown(SLACK)):
            yield "line leaves the page", name(piece["line"])
    for piece in p.pieces:
        line = piece["line"]
        if not line["from"]:
            continue
        for box in p.near_areas.to(piece["ink"]):
            # The whole width of the line is looked at, but for half a pixel: a border may be touched, not crossed.
            half = -SLACK if box in p.passed(line) else line["width"] / 2 - 0.5
            if box["class"] == "box" and box["id"] != line["from"] and box["id"] not in line["to"]:
                if box["rect"].grown(half).cut_by(piece["a"], piece["b"]):
                    yield "line through a box", "%s through %s" % (name(line), box["id"])


def is_rail(line):
    """A rail collects what several steps send to one box, and names it once for each."""
    return len(line["to"]) > len(set(line["to"]))


def are_one_source(one, other):
    if one["from"] == other["from"]:
        return True
    return (is_rail(one) or is_rail(other)) and set(one["to"]) & set(other["to"])


def check_shared(p):
    """Two sources on one line: pieces side by side, as the eye sees it."""
    pairs = {}
    for piece in p.pieces:
        for upright in (0, 1):
            a, b = piece["a"], piece["b"]
            if not piece["line"]["from"] or abs(a[upright] - b[upright]) > SLACK:
                continue
            for other in p.near_pieces.to(around(a, b, WIDEST)):
                c, d = other["a"], other["b"]
                if other["number"] >= piece["number"] or not other["line"]["from"]:
                    continue
                if abs(c[upright] - d[upright]) > SLACK or are_one_source(piece["line"], other["line"]):
                    continue
                along = 1 - upright
                shared = min(max(a[along], b[along]), max(c[along], d[along])) - max(
                    min(a[along], b[along]), min(c[along], d[along])
                )
                apart = abs(a[upright] - c[upright])
                ground = apart - (piece["line"]["width"] + other["line"]["width"]) / 2
                if apart < APART - SLACK and shared > TOGETHER or ground < GROUND - SLACK and shared > BESIDE:
                    key = name(other["line"]), name(piece["line"])
                    pairs[key] = max(pairs.get(key, 0), shared)
    for (one, other), shared in pairs.items():
        yield "two sources on one line", "%s and %s, for %.0f px" % (one, other, shared)


# --- ways -------------------------------------------------------------------------------------------------------------


def distance(point, a, b):
    """From a point to the piece of a line from a to b."""
    way = b[0] - a[0], b[1] - a[1]
    length = way[0] ** 2 + way[1] ** 2
    at = ((point[0] - a[0]) * way[0] + (point[1] - a[1]) * way[1]) / length if length else 0
    at = min(max(at, 0), 1)
    return math.hypot(point[0] - a[0] - at * way[0], point[1] - a[1] - at * way[1])


def check_ends(p):
    """Every end of a line lies at its source, at a target of it, or on another line of the same source; or, where such
    a one goes in at a box's one side, straight on at its other."""
    for line in p.arrows:
        ends = [line["points"][0], line["points"][-1]]
        boxes = [p.box_of[key] for key in [line["from"]] + line["to"] if key in p.box_of]
        for key in set([line["from"]] + line["to"]):
            if key not in p.box_of:
                yield "line of no box", "%s: there is no box %s" % (name(line), key)
        targets = [p.box_of[key] for key in line["to"] if key in p.box_of]
        if line["head"] and not any(box["rect"].grown(TOUCH).holds(ends[1]) for box in targets):
            yield "arrow misses its box", name(line)
        for end in ends:
            if any(box["rect"].grown(TOUCH).holds(end) for box in boxes):
                continue
            if end is ends[0] and any(box["rect"].grown(TOUCH).holds(end) for box in p.passed(line)):
                continue
            others = p.near_pieces.to(around(end, end, TOUCH))
            others = [other for other in others if other["line"] is not line and are_one_source(line, other["line"])]
            joined = [other["line"] for other in others if distance(end, other["a"], other["b"]) < TOUCH]
            if not joined:
                yield "loose end", "%s at %g, %g" % (name(line), end[0], end[1])
            if any(p.cuts(line, other) or p.cuts(other, line) for other in joined):
                yield "joint with a gap", "%s at %g, %g" % (name(line), end[0], end[1])


def check_states(p):
    """From one whole step to the next a state goes straight, at its cell, where the steps have cells, and nothing leaves
    the cell there, as h[T] does for s[0] = h[T]."""
    cells = defaultdict(list)
    for area in p.areas:
        if area["class"] == "quantity":
            cells[area["id"]].append(area["rect"].centre()[1])
    for line in p.arrows:
        ends = [int(key[4:]) for key in [line["from"], *line["to"]] if key in cells and key.startswith("step")]
        if line["head"] and len(ends) == 2 and abs(ends[0] - ends[1]) == 1:
            x, y = line["points"][-1]
            seat = min(cells[line["to"][0]], key=lambda seat: abs(seat - y))
            leaving = [other["points"][0] for other in p.arrows if other["from"] == line["to"][0]]
            if abs(seat - y) >= 2 and not any(abs(seat - b) < 2 and abs(x - a) < FAR for a, b in leaving):
                yield "beside its cell", name(line)


def head_of(line):
    """The rectangle of an arrow's head, as svg.c draws it where it has room; whether the arrow points up or down."""
    (x0, y0), (x1, y1) = line["points"][-2:]
    length = math.hypot(x1 - x0, y1 - y0) or 1
    x, y = (x1 - x0) / length, (y1 - y0) / length
    long, half = min(4.5 + line["width"] * 0.75, 0.9 * length), 3 + line["width"] * 0.6
    head = around((x1, y1), (x1 - long * x, y1 - long * y))
    head.x0, head.x1 = head.x0 - half * abs(y), head.x1 + half * abs(y)
    head.y0, head.y1 = head.y0 - half * abs(x), head.y1 + half * abs(x)
    return head, abs(y) > abs(x)


def check_heads(p):
    """No head lies on the line of another source; but heads side by side at one box may touch each other's lines."""
    for line in p.arrows:
        head, upright = head_of(line) if line["head"] else (None, None)
        for piece in p.near_pieces.to(head) if head else ():
            other = piece["line"]
            if not other["from"] or other is line or are_one_source(line, other):
                continue
            beside = (piece["a"][0] == piece["b"][0]) == upright and other["head"] and set(line["to"]) & set(other["to"])
            if not beside and head.grown(-GROUND / 3).meets(piece["ink"]):
                yield "head on a line", "%s on %s at %g, %g" % ((name(line), name(other)) + tuple(line["points"][-1]))


def check_flows(p, flows):
    """What flows from one box to another is drawn, if both are: an arrow for each pair."""
    drawn = set()
    for line in p.arrows:
        drawn.update((line["from"], key) for key in line["to"])
    for flow in flows:
        ends = flow["from"], flow["to"]
        if ends[0] in p.box_of and ends[1] in p.box_of and ends not in drawn:
            yield "arrow is missing", "%s -> %s" % ends


# --- all of it --------------------------------------------------------------------------------------------------------


def read(text):
    """What findings looks at, of `-o x.json`: its last two members. Of a thousand steps the others take seconds."""
    at = text.rfind('\n"flows": [')
    return json.loads("{" + text[at:]) if at >= 0 else json.loads(text)


def findings(drawn, slide=False):
    """Pairs of kind and place; with `slide` the page has to be as wide as a slide, and no higher."""
    p = Picture(drawn["picture"])
    if slide and (p.page.x1 != SLIDE[0] or p.page.y1 > SLIDE[1]):
        yield "no slide", "the page is %g x %g" % (p.page.x1, p.page.y1)
    for check in (check_texts, check_numbers, check_boxes, check_lines, check_shared, check_ends, check_states, check_heads):
        yield from check(p)
    yield from check_flows(p, drawn["flows"])
