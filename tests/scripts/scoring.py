"""What the programs that score the mending share: the statements of a file, edits put into it, and what `check` says.

A statement keeps its line whatever is put in: a mended one stands on the first of its lines, the others become empty,
and a `let` that is added stands at the end. So a report's line numbers mean the same statement before and after.
"""
import json
import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

os.environ["LC_ALL"] = "C"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
PATIENCE = 60  # seconds that `check` may take for a file, however busy the machine is
BATCH = 24  # files that one `check` judges
SEEDS = ["101", "202"]
SIZES = [[5, 6, 4, 7, 8, 9, 10, 11, 12, 13], [7, 5, 6, 8, 4, 3, 9, 10, 11, 12]]

COMMENT = re.compile(r'^((?:[^"“”#]|["“”][^"“”]*["“”])*)#.*')
ASKING = tuple("=<>+-*/@^,:")  # a line that ends on one goes on in the next
LET = re.compile(r"let\s+([^\s\[=]+)\s*(?:\[([^\]]*)\])?\s*=\s*(.*)", re.S)
CLAIM = re.compile(r'claim\s*(?:"([^"]*)"\s*:?)?\s*(.*)', re.S)
RANGE = re.compile(r"\s+(?:for|within)\s")


class Statement:
    """One statement: its lines, the first and the last, counted from 0, and its parts."""

    def __init__(self, text, first=0, last=0):
        self.text, self.first, self.last = text, first, last
        self.kind = text.split(None, 1)[0] if text else ""
        self.name = self.index = self.label = None
        self.sides = []  # of a let its right side; of a claim both, then its range; the relation
        self.relation = "="
        let, claim = LET.match(text), CLAIM.match(text)
        if let:
            self.name, self.index, self.sides = let[1], (let[2] or "").replace(" ", ""), [let[3].strip()]
        elif claim:
            self.label = claim[1]
            self.split(claim[2])

    def split(self, text):
        depth, cut = 0, None
        for match in re.finditer(r"[\[({]|[\])}]|<=|>=|≤|≥|=|<|>", text):
            sign = match[0]
            depth += (sign in "[({") - (sign in "])}")
            if depth == 0 and sign not in "])}":
                cut = match
                break
        if cut:
            right = text[cut.end() :]
            tail = RANGE.search(right)
            end = tail.start() if tail else len(right)
            self.relation = cut[0]
            self.sides = [text[: cut.start()].strip(), right[:end].strip(), right[end:].strip()]

    def key(self):
        """Which statement it is, whatever it says: of a let its name and index."""
        return ("let", self.name, self.index) if self.kind == "let" else ("claim",)


def plain(text):
    return re.sub(r"\s", "", text)


class Source:
    """A file: its lines, and its statements."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.statements = []
        now, first, depth = "", 0, 0
        for number, line in enumerate(self.lines):
            bare = COMMENT.sub(r"\1", line).rstrip()
            if not now:
                first = number
            now = (now + " " + bare.strip()).strip()
            unquoted = re.sub(r'"[^"]*"', "", bare)
            depth += sum(unquoted.count(sign) for sign in "[({") - sum(unquoted.count(sign) for sign in "])}")
            if now and depth <= 0 and not now.endswith(ASKING):
                self.statements.append(Statement(now, first, number))
                now, depth = "", 0

    def of_kind(self, kind):
        return [statement for statement in self.statements if statement.kind == kind]

    def let(self, key):
        return next((statement for statement in self.of_kind("let") if statement.key() == key), None)

    def at(self, line):
        """The statement on a line, counted from 1."""
        return next((some for some in self.statements if some.first < line <= some.last + 1), None)

    def edited(self, edits):
        """Its text with edits put in, {statement of the file: new text}; the key of a let that is added is its text."""
        lines, added = list(self.lines), []
        for statement, text in edits.items():
            if isinstance(statement, Statement):
                lines[statement.first : statement.last + 1] = [text] + [""] * (statement.last - statement.first)
            else:
                added.append(text)
        return "\n".join(lines + added) + "\n"

    def numbers(self):
        """{name: value} of the sizes written as numbers, and of the steps."""
        text = " , ".join(some.text.split(None, 1)[1] for some in self.of_kind("size") if " " in some.text)
        sizes = {name: int(value) for name, value in re.findall(r"([^\s,=]+)\s*=\s*(\d+)\s*(?=,|$)", text)}
        steps = re.search(r"^steps\s+(\S+?)\s*=\s*(\d+)", "\n".join(some.text for some in self.statements), re.M)
        return sizes, {steps[1]: int(steps[2])} if steps else {}


def variations(source):
    """Other seeds, other numbers of steps, every size changed and all different: lists of options of `check`."""
    sizes, steps = source.numbers()
    found = [["--seed", seed] for seed in SEEDS]
    more, whole = {name: value + 2 for name, value in steps.items()}, []
    for seed, choice in zip(SEEDS, SIZES):
        taken, other = set(more.values()), {}
        for name, value in sizes.items():
            other[name] = next(number for number in choice + list(range(14, 40)) if number not in taken | {value})
            taken.add(other[name])
        whole.append((seed, other))
    for setting in [more, *[other for _, other in whole]]:
        if setting:
            found.append(["--seed", SEEDS[0], *settings(setting)])
    if sizes and steps:
        found.append(["--seed", whole[1][0], *settings({**whole[1][1], **more})])
    return found


def single_variations(source):
    """Each size alone, for files that fix another."""
    sizes, _ = source.numbers()
    return [["--seed", SEEDS[1], *settings({name: value + 2})] for name, value in sizes.items()]


def settings(values):
    return ["--set", ",".join(f"{name}={value}" for name, value in values.items())]


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


class Program:
    """gradflow, run on texts; two at a time."""

    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.judged = {}  # the reports of judge

    def run(self, words):
        done = subprocess.run([self.path, *words], capture_output=True, check=False, stdin=subprocess.DEVNULL,
                              timeout=PATIENCE * BATCH)
        if done.returncode not in (0, 1, 2):
            errors = done.stderr.decode(errors="replace")
            raise SystemExit(f"{' '.join(words)}: exit status {done.returncode}\n{errors}")
        return done.stdout.decode(errors="replace")

    def check(self, paths, options):
        """[what the JSON says of each file, or {} where it cannot be read]"""
        output = self.run(["check", "--format", "json", *options, *paths])
        files = json.loads(output)["files"] if output.strip() else []
        named = {file["file"]: file for file in files}
        return [named.get(path, {}) for path in paths]

    def check_all(self, paths, options):
        """As check, two at a time, in an order that shares the work."""
        with ThreadPoolExecutor(2) as pool:
            parts = [paths[start : start + 4] for start in range(0, len(paths), 4)]
            return [report for some in pool.map(lambda part: self.check(part, options), parts) for report in some]

    def check_texts(self, texts, options):
        """As check_all, of texts."""
        with tempfile.TemporaryDirectory() as folder:
            paths = [write(f"{folder}/{number}.gf", text) for number, text in enumerate(texts)]
            return self.check_all(paths, options)

    def derive(self, models):
        """What is derived of models, pairs of a name and of a text."""
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
            paths = [write(f"{folder}/{number}.gf", text) for number, (_, text) in enumerate(models)]
            return list(pool.map(lambda path: self.run(["derive", "-q", path, "--format", "gf"]), paths))

    def judge(self, jobs):
        """[report] of jobs, pairs of a text and of options, each judged once; no edits are looked for."""
        jobs = [(text, tuple(options)) for text, options in jobs]
        groups, batches = {}, []
        for text, options in dict.fromkeys(jobs):
            if (text, options) not in self.judged:
                groups.setdefault(options, []).append(text)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
            for options, texts in groups.items():
                for start in range(0, len(texts), BATCH):
                    batches.append((options, texts[start : start + BATCH], f"{folder}/{len(batches)}"))
            for (options, texts, _), reports in zip(batches, pool.map(self.judge_batch, batches)):
                self.judged.update({(text, options): report for text, report in zip(texts, reports)})
        return [self.judged[job] for job in jobs]

    def judge_batch(self, batch):
        options, texts, base = batch
        paths = [write(f"{base}-{number}.gf", text) for number, text in enumerate(texts)]
        return self.check(paths, ["--time", "0", *options])


def results(report):
    """{line: result} of a report."""
    return {claim["line"]: claim["result"].lower() for claim in report.get("claims", [])}


# --- what is constant in an edit ---------------------------------------------------------------------------------

CONSTANT = [re.compile(pattern) for pattern in (
    r"[*/⊙∘]\s*1(?![\d.\w])(?!\s*\^)",
    r"(?<![\w.^-])1\s*[*⊙∘]",
    r"(?<![\w.])0\s*[*@]|[*@]\s*0(?![\d.\w])",
    r"\bsqrt\(\s*1\s*\)|\bexp\(\s*0\s*\)|\blog\(\s*1\s*\)",
    r"\b\w+'\(\s*[\d.]+\s*\)",
    r"\^\s*[01](?![\d.\w])",
    r"/\s*([^\s*/+\-()]+)\s*\*\s*\1(?![\w\[^'(])",
    r"\*\s*([^\s*/+\-()]+)\s*/\s*\1(?![\w\[^'(])",
)]


def differences(text):
    """The pairs of operands of every minus between two terms."""
    tokens = re.findall(r"\w+|\S", text)
    for place, token in enumerate(tokens):
        if token in "-−" and place and (re.match(r"\w", tokens[place - 1]) or tokens[place - 1] in ")]'}"):
            yield "".join(reversed(term(reversed(tokens[:place]), ")]}", "([{"))), "".join(
                term(tokens[place + 1 :], "([{", ")]}"))


def term(tokens, opening, closing):
    """The tokens up to the next plus, minus or comma that no bracket holds."""
    found, depth = [], 0
    for token in tokens:
        depth += (token in opening) - (token in closing)
        if depth < 0 or (depth == 0 and token in "+-−,;="):
            break
        found.append(token)
    return found


def constant_parts(text):
    """How many places of a text are spelt so that they are constant: x - x, * 1, / B * B, sqrt(1), relu'(2)."""
    same = sum(left == right for left, right in differences(text))
    return same + sum(len(pattern.findall(text)) for pattern in CONSTANT)


def constant(statement, written):
    """Whether a mended statement has a part that is constant where what was written has none."""
    before = sum(map(constant_parts, written.sides)) if written else 0
    return sum(map(constant_parts, statement.sides)) > before


def tautology(statement):
    """Whether both sides are the same text."""
    return len(statement.sides) > 1 and plain(statement.sides[0]) == plain(statement.sides[1])
