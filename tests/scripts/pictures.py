"""The pictures that are judged, and who draws them: every model of `gradflow new`, the files of tests/pictures, and the
graphs of graphs.c, at several lengths, levels and themes."""
import glob
import os
import subprocess
from collections import Counter

os.environ["LC_ALL"] = "C"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
PICTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pictures")
NEW = ["rnn", "lstm", "peephole", "gru", "gru-after", "birnn", "deep-lstm", "residual", "untied", "masked", "attention"]
UNTIMED = ["micrograd", "mlp", "fan-out", "random", "one-leaf", "empty", "without-steps", "untouched-random"]
SLIDES = NEW + ["bilstm", "seq2seq", "pooling", "skip", "micrograd", "mlp", "one-leaf", "empty"]  # these fit one, unasked
QUADRATIC = ["self-attention", "attending"]  # as many arrows as steps squared
TUTORIALS = os.path.join(PICTURES, "..", "..", "tutorials", "*", "*.gf")
UNDRAWN = ["own.gf", "typo.gf", "product.gf", "regression.gf"]  # data that a reader makes, a typing error, no loss
PATIENCE = 300  # seconds
SHOWN = 6  # findings of a kind and picture; of more, how many


def cases_of(name, every):
    """(T, level, theme): how a graph is drawn."""
    lengths = [5] if name in UNTIMED else [1, 3, 5, 20, 50, 1000] if every else [1, 3, 5, 20]
    for T in lengths:
        for level in ("equations", "ops", "steps"):
            large = T > (5 if not every else 20 if name in QUADRATIC else 50)
            if level == "ops" and large and (name, every) != ("lstm", True) or name in QUADRATIC and T > 50:
                continue
            yield T, level, "light"
    for theme in ("dark", "print"):
        if every or name in ("lstm", "nonfinite", "micrograd"):
            yield 5, "equations", theme


def matrix(names, every):
    """(name, T, level, theme): all that is drawn."""
    return [(name,) + case for name in names for case in cases_of(name, every)]


def others(names):
    """What every adds."""
    some = set(matrix(names, False))
    return [case for case in matrix(names, True) if case not in some]


# What is asked for besides: of these files, at T steps, each of the lines of words. One step, or two, are a page of
# their own (check-page).
STATES = ["rnn", "lstm", "gru", "birnn", "deep-lstm", "bilstm", "residual", "attention"]
ASKED = [
    (STATES + ["masked", "untied", "context", "names"], 5, ["--params shown", "--params folded", "--params hidden"]),
    (["lstm", "birnn", "attention"], 20, ["--params shown", "--params folded", "--params hidden"]),
    (["lstm", "gru", "bilstm"], 3, ["--level ops --params " + how for how in ("strip", "shown", "folded", "hidden")]),
    (["lstm", "attention"], 5, ["--level steps --params shown", "--level steps --params hidden"]),
    (STATES + ["peephole", "skip", "masked", "pooling", "self-attention", "nonfinite"], 20,
     ["--steps 1..3", "--steps 9..11", "--steps 18..20", "--steps T-3..T-1"]),
    (["lstm", "bilstm", "self-attention"], 20, ["--steps 9..11 --level ops", "--steps 1..3 --level steps"]),
    (["lstm", "bilstm"], 20, ["--steps 1..20", "--steps 2..19"]),
    (["lstm", "attention"], 1000, ["--steps 500..502", "--steps 998..1000"]),
    (STATES + ["skip", "untied"], 5, ["--size 16:9", "--size 4:3", "--size A4"]),
    (STATES, 20, ["--size 16:9", "--size 4:3", "--size A4", "--size 1600x900 --steps 9..11"]),
    (["lstm", "deep-lstm"], 20, ["--steps 9..11 --size A4"]),
    (STATES, 20, ["--steps 1..3 --size 4:3", "--steps 9..11 --size 4:3", "--steps 18..20 --size 4:3"]),
    (["micrograd", "mlp"], None, ["--size 4:3", "--size A4", "--params shown", "--params folded", "--params hidden"]),
    (["lstm", "gru", "rnn"], 5, ["--from h[1] --to L[4]", "--from x[2]", "--to h[3]", "--from h[1] --level ops"]),
    (["lstm"], 20, ["--from h[8] --to L[12]", "--from h[8] --steps 9..11", "--loss L[T]"]),
    (["rnn", "lstm", "deep-lstm", "attention", "skip"], 5, ["--truncate 2", "--truncate 1"]),
    (["rnn", "lstm", "deep-lstm", "bilstm"], 20, ["--truncate 5", "--truncate 5 --steps 9..11", "--truncate 2"]),
    (["lstm"], 5, ["--truncate 2 --level ops", "--truncate 2 --level steps", "--magnitude max", "--scale 1e-6..1"]),
]


# How many numbers beside arrows may find no room: in any picture of what has an arrow between nearly every pair of
# boxes, and in these; else none.
CROWDED = {"self-attention": 410, "attending": 265, "random": 4, "fan-out": 11, "without-steps": 1, "names": 8, "keys": 1}
LEFT_OUT = {
    ("deep-lstm", 20, "--steps 9..11 --size 4:3"): 2, ("attention", 20, "--steps 9..11 --size 4:3"): 2,
    ("bilstm", 20, "--steps 1..3 --size 4:3"): 1, ("bilstm", 20, "--steps 9..11 --size 4:3"): 3,
    ("bilstm", 20, "--steps 18..20 --size 4:3"): 1,
}


def may_leave_out(case):
    return CROWDED.get(os.path.basename(case[0]), LEFT_OUT.get(case[:3], 0))


def asked(names):
    """(name, T, words): what is drawn besides, by the program."""
    return [(name, T, words) for files, T, lines in ASKED for name in files if name in names for words in lines]


def tutorials():
    """(file, T, words): the tutorials' files, as they stand, and what is a row of low boxes with cuts."""
    drawn = [(file, None, "") for file in sorted(glob.glob(TUTORIALS)) if os.path.basename(file) not in UNDRAWN]
    return drawn + [(file, None, "--truncate 5") for file, _, _ in drawn if file.endswith("shear.gf")]


def textbook_pages(names):
    """(name, steps, theme): one step alone, or two."""
    for name in names:
        for steps in ("1", "3", "T", "3..4"):
            yield name, steps, "light"
        for theme in ("dark", "print"):
            yield name, "3", theme


class Drawer:
    """Draws a picture: as the program does it unasked, other levels and themes by the library."""

    def __init__(self, program, graphs, folder):
        self.program, self.graphs, self.folder = program, graphs, folder
        self.listed = self.run(graphs, "list").split()
        for model in NEW:
            self.run(program, "new", model, "-o", os.path.join(folder, model + ".gf"))

    @staticmethod
    def run(*words):
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE)
        if done.returncode:
            raise RuntimeError(done.stderr.decode().strip() or "exit status %d" % done.returncode)
        return done.stdout.decode()

    def names(self):
        files = sorted(glob.glob(os.path.join(PICTURES, "*.gf")))
        return NEW + [os.path.splitext(os.path.basename(file))[0] for file in files] + self.listed

    def source(self, name):
        if name in self.listed or name.endswith(".gf"):
            return name
        return os.path.join(self.folder if name in NEW else PICTURES, name + ".gf")

    def draw_asked(self, name, T, words):
        lengths = ["--set", "T=%d" % T] if T else []
        return self.run(self.program, "draw", self.source(name), "--format", "json", *lengths, *words.split())

    def has_steps(self, name):
        return name not in UNTIMED and self.source(name).endswith(".gf")

    def draw_textbook(self, name, steps, theme):
        return self.run(self.program, "draw", self.source(name), "--format", "json", "--steps", steps, "--theme", theme)

    def draw(self, name, T, level, theme, format="json"):
        source = self.source(name)
        if source.endswith(".gf") and (level, theme) == ("equations", "light"):
            lengths = [] if name in UNTIMED else ["--set", "T=%d" % T]
            return self.run(self.program, "draw", source, "--format", format, *lengths)
        return self.run(self.graphs, source, str(T), level, theme, format)


def report(title, found):
    """Prints the findings of a picture; of a kind, the first."""
    kinds = Counter(kind for kind, _ in found)
    shown = Counter()
    for kind, where in found:
        shown[kind] += 1
        if shown[kind] <= SHOWN:
            print("%s: %s: %s" % (title, kind, where))
    for kind, count in kinds.items():
        if count > SHOWN:
            print("%s: %s: %d in all" % (title, kind, count))


def report_sums(sums, bad, count):
    for kind, number in sums.most_common():
        print("%6d  %s" % (number, kind))
    print("%d of %d pictures with findings" % (bad, count))
