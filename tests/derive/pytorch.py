"""The programs that `derive` writes, against PyTorch. Usage: pytorch.py PROGRAM FILE…

Each file has a model with its numbers written out, and PyTorch's gradients as claims, grad(W) = [… ; …], grad(x[1]) = ….
The program is derived from the model, run with these numbers, and must give these gradients.
"""
import os
import re
import subprocess
import sys

os.environ["LC_ALL"] = "C"
import numpy as np  # noqa: E402

MATRIX = r"\[[-+.\de,; ]+\]"
DECLARATION = re.compile(rf"(?m)^(param|input|given) (\w+)(\[t\])? : [^=\n]*= ({MATRIX}|{{.*}})$")
CLAIM = re.compile(rf"(?m)^claim [^:\n]*: grad\((\w+)(?:\[(\d+)\])?\) = ({MATRIX})$")


def matrix(text):
    return np.array([[float(number) for number in row.split(",")] for row in text.strip("[]").split(";")])


def numbers(text):
    """params and inputs, as a program takes them."""
    found = {"param": {}, "input": {}}
    for kind, name, timed, value in DECLARATION.findall(text):
        group = found["param" if kind == "param" else "input"]
        group[name] = [matrix(m) for m in re.findall(MATRIX, value)] if timed else matrix(value)
    return found["param"], found["input"]


def faults(program, path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    run = subprocess.run([program, "derive", path, "--format", "numpy"], check=True, capture_output=True, encoding="utf-8")
    space = {}
    exec(compile(run.stdout, path, "exec"), space)
    params, inputs = numbers(text)
    gradients, compared = space["backward"](params, inputs), set()
    for name, step, value in CLAIM.findall(text):
        got, wanted = gradients[name][int(step) - 1] if step else gradients[name], matrix(value)
        compared.add(name)
        if got.shape != wanted.shape or not np.allclose(got, wanted, rtol=1e-9, atol=1e-12):
            yield f"grad({name}) {step}:\n{got}\nPyTorch has\n{wanted}"
    if compared != {*params, "x"}:
        yield f"PyTorch's gradients were found of {sorted(compared)} alone"


def main(program, *paths):
    bad = [f"{path}: {fault}" for path in paths for fault in faults(program, path)]
    for fault in bad:
        print(fault)
    sys.exit(bool(bad) or not paths)


main(*sys.argv[1:])
