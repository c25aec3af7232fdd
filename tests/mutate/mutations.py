"""Which small faults can be planted in a C source: of its tokens, inside functions, each a change of one place.

Comments, texts, preprocessor lines, assertions, static data, the lengths of declared arrays and {0} are left alone; so
is whatever stands outside functions.
"""
import re
from collections import namedtuple

# The text between start and end becomes `text`; kind: the operator.
Change = namedtuple("Change", "kind start end text")

TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)
      | (?P<preprocessor>^[ ]*\#(?:[^\n\\]|\\.|\\\n)*)
      | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<number>\.?[0-9](?:[eEpP][+-]|[0-9A-Za-z_.])*)
      | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<sign><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||[^\sA-Za-z0-9_])""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)

RELATIONS = {
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "==": ["!="],
    "!=": ["=="],
}
# Only with blanks on both sides: others are signs, pointers, addresses.
ARITHMETIC = {"+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "&": ["|"], "|": ["&"], "^": ["&"],
              "<<": [">>"], ">>": ["<<"]}
ASSIGNING = {"+=": ["-=", "="], "-=": ["+=", "="], "*=": ["/=", "="], "/=": ["*=", "="], "|=": ["=", "&="],
             "&=": ["=", "|="], "++": ["--"], "--": ["++"]}
LOGIC = {"&&": ["||"], "||": ["&&"]}
ASSERTIONS = {"assert", "static_assert", "_Static_assert"}
BUDGET = 1000  # whole numbers from here on say how much work is allowed, and one more or less is no fault
STATEMENT_SIGNS = {"(", "=", "->", ".", "[", *ASSIGNING, "<<=", ">>=", "^=", "%="}
WHOLE_NUMBERS = re.compile(r"\b(int|long|short|char|unsigned|size_t|ptrdiff_t|u?int[0-9]+_t)$")


class Token:
    def __init__(self, match):
        self.kind, self.text, self.start, self.end = match.lastgroup, match.group(), match.start(), match.end()


class Function:
    """Its name, what it returns, and its tokens between the braces."""

    def __init__(self, header, tokens):
        named = re.search(r"([A-Za-z_][A-Za-z0-9_]*)\(", header)
        self.name = named.group(1) if named else ""
        self.returns = header[: named.start()].replace("static ", "").replace("inline ", "") if named else ""
        self.tokens = tokens


def functions(text):
    """A function is what stands between braces in the first column, and takes arguments."""
    tokens = [Token(match) for match in TOKEN.finditer(text)]
    tokens = [token for token in tokens if token.kind not in ("comment", "preprocessor")]
    first, header, begin = 0, "", 0
    for at, token in enumerate(tokens):
        in_first_column = text[token.start - 1 : token.start] == "\n"
        if token.text == "{" and in_first_column:
            header, begin = " ".join(other.text for other in tokens[first:at]).replace(" (", "("), at + 1
        elif token.text == "}" and in_first_column and "(" in header:
            yield Function(header, tokens[begin:at])
            header = ""
        if token.text in (";", "}"):
            first = at + 1


def function_at(text, place):
    """The name of the function that holds a place of the text."""
    for function in functions(text):
        if function.tokens and function.tokens[0].start <= place <= function.tokens[-1].end:
            return function.name
    return ""


def closing(tokens, at):
    """The bracket that closes the one at `at`."""
    depth = 0
    for k in range(at, len(tokens)):
        depth += (tokens[k].text in "([{") - (tokens[k].text in ")]}") if tokens[k].kind == "sign" else 0
        if depth == 0:
            return k
    return at


def statement_end(tokens, at):
    """The semicolon of the statement that begins at `at`; None where a bracket closes before."""
    while at < len(tokens) and tokens[at].text != ";":
        if tokens[at].text in (")", "]", "}"):
            return None
        at = closing(tokens, at) + 1 if tokens[at].text in ("(", "[", "{") else at + 1
    return at if at < len(tokens) else None


def spaced(text, token):
    return text[token.start - 1].isspace() and text[token.end].isspace()


def sign_changes(text, token):
    for kind, table in (("relation", RELATIONS), ("logic", LOGIC), ("assignment", ASSIGNING)):
        for other in table.get(token.text, []):
            yield Change(kind, token.start, token.end, other)
    if spaced(text, token):
        for other in ARITHMETIC.get(token.text, []):
            yield Change("arithmetic", token.start, token.end, other)
    if token.text == "!":
        yield Change("negation", token.start, token.end, "")


def word_changes(tokens, at):
    token = tokens[at]
    if token.text in ("true", "false"):
        yield Change("constant", token.start, token.end, "false" if token.text == "true" else "true")
    if token.text in ("if", "while") and tokens[at + 1].text == "(":
        inside, last = tokens[at + 1].end, tokens[closing(tokens, at + 1)]
        yield Change("negation", inside, last.start, ("!(", ")"))


def in_length(tokens, at):
    """Does it stand in the length of an array that is declared: TYPE NAME[… here …]?"""
    while at > 2 and (tokens[at].kind in ("number", "word") or tokens[at].text in ("+", "-", "*")):
        at -= 1
    if at < 2 or tokens[at].text != "[":
        return False
    if tokens[at - 1].text == "]":
        return in_length(tokens, at - 2)
    return tokens[at - 1].kind == tokens[at - 2].kind == "word"


def number_changes(tokens, at):
    token = tokens[at]
    empty = tokens[at - 1].text == "{" and tokens[at + 1].text == "}"  # (type){0}
    if empty or in_length(tokens, at):
        return
    whole = re.fullmatch(r"(0x[0-9A-Fa-f]+|[0-9]+)[uUlL]*", token.text)
    if not whole:
        yield Change("constant", token.start, token.end, f"({token.text} + 1)")
        yield Change("constant", token.start, token.end, "0")
        return
    hexadecimal = token.text.startswith("0x")
    value = int(whole.group(1), 16 if hexadecimal else 10)
    for other in (value + 1, value - 1):
        if other >= 0 and (value < BUDGET or hexadecimal):
            yield Change("boundary", token.start, token.end, f"0x{other:X}" if hexadecimal else str(other))


def return_changes(function, at):
    tokens, end = function.tokens, statement_end(function.tokens, at)
    if end is None:
        return
    if end == at + 1:
        yield Change("deletion", tokens[at].start, tokens[at].end, "")
        return
    start, last = tokens[at + 1].start, tokens[end].start
    alone = tokens[at + 1].text if end == at + 2 else ""
    returns = function.returns.strip()
    if returns == "bool" and alone not in ("true", "false"):
        yield Change("return", start, last, ("!(", ")"))
    elif returns == "gf_status" and alone != "GF_OK":
        yield Change("return", start, last, "GF_OK")
    elif returns.endswith("*") and alone != "NULL":
        yield Change("return", start, last, "NULL")
    elif WHOLE_NUMBERS.search(returns) or returns == "double":
        yield Change("return", start, last, ("(", ") + 1"))


def deletion(tokens, at):
    """A statement that is an assignment, a call, a break or a continue."""
    token, after = tokens[at], tokens[at + 1].text if at + 1 < len(tokens) else ""
    jump = token.text in ("break", "continue")
    called = token.kind == "word" and token.text not in ("if", "for", "while", "switch", "return", "sizeof", "else")
    stored = token.text in ("*", "++", "--") or (called and after in STATEMENT_SIGNS)
    end = statement_end(tokens, at)
    if end is not None and (jump or stored):
        yield Change("deletion", token.start, tokens[end].start, "")


def changes(text):
    """(function's name, change) for every fault that can be planted."""
    for function in functions(text):
        tokens, depth, skip_to = function.tokens, 0, 0
        for at, token in enumerate(tokens):
            if at < skip_to:
                continue
            if token.text in ASSERTIONS and tokens[at + 1].text == "(":
                skip_to = closing(tokens, at + 1) + 1
                continue
            if token.text == "static":
                skip_to = statement_end(tokens, at)
                continue
            depth += (token.text == "(") - (token.text == ")")
            found = []
            if token.kind == "sign":
                found += sign_changes(text, token)
            elif token.kind == "word":
                found += word_changes(tokens, at)
            elif token.kind == "number":
                found += number_changes(tokens, at)
            if token.text == "return":
                found += return_changes(function, at)
            before = tokens[at - 1].text if at else "{"
            if depth == 0 and before in ("{", "}", ";", ")", "else", ":"):
                found += deletion(tokens, at)
            for change in found:
                yield function.name, change


def planted(text, change):
    """The text with the fault in it."""
    inner = text[change.start : change.end]
    new = change.text if isinstance(change.text, str) else change.text[0] + inner + change.text[1]
    return text[: change.start] + new + text[change.end :]


def lines(text, change):
    """The lines that a change touches, before and after, each as one line with single blanks."""
    begin = text.rfind("\n", 0, change.start) + 1
    end = text.find("\n", change.end)
    after = planted(text, change)
    return " ".join(text[begin:end].split()), " ".join(after[begin : end + len(after) - len(text)].split())
