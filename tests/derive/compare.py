"""The written programs against the values of the models. Usage: compare.py DERIVATION PROGRAM FILE…"""
import json
import os
import subprocess
import sys

os.environ["LC_ALL"] = "C"
import numpy as np  # noqa: E402


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout


def arrays(group):
    """Lists of matrices are lists of arrays; a matrix is an array."""
    return {name: [np.array(m, float) for m in value] if isinstance(value[0][0], list) else np.array(value, float)
            for name, value in group.items()}


def differs(got, wanted):
    if isinstance(wanted, list):
        return not isinstance(got, list) or len(got) != len(wanted) or any(map(differs, got, wanted))
    got = np.asarray(got)
    return got.shape != wanted.shape or not np.allclose(got, wanted, rtol=1e-9, atol=1e-12)


def look_at(path, program, values, least):
    """What is wrong with a program; it gives the gradients named in `least` at the least."""
    space = {}
    try:
        exec(compile(program, path + ": the program", "exec"), space)
        result = space["backward"](values["params"], values["inputs"])
    except Exception as error:
        return [f"{type(error).__name__}: {error}\n{program}"]
    wanted = values["gradients"]
    bad = [f"{key}: {result[key]}\nis not {wanted.get(key)}" for key in result
           if key not in wanted or differs(result[key], wanted[key])]
    bad += [f"longer than 79: {line}" for line in program.splitlines() if len(line) > 79]
    return bad + [f"no gradient of {key}" for key in least if key not in result]


def main(derivation, gradflow, *paths):
    failed = False
    for path in paths:
        values = {key: arrays(group) for key, group in json.loads(run(derivation, "values", path)).items()}
        derived = run(gradflow, "derive", path, "--format", "numpy")
        explained = run(gradflow, "derive", path, "--format", "numpy", "--why")
        bad = look_at(path, derived, values, values["gradients"]) + look_at(path, explained, values, [])
        bad += look_at(path, run(derivation, "numpy", path), values, [])
        for text in bad:
            print(f"{path}: {text}")
            failed = True
    sys.exit(failed or not paths)


main(*sys.argv[1:])
