"""The checker of the test vectors needs nothing but Python, compares every number, and catches wrong LSTMs."""

import ast
import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from io import StringIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.lstm_ref.vectors import CASES, FILE, FOLDER, VECTORS

CHECK = FOLDER / "check.py"
SOURCE = CHECK.read_text(encoding="utf-8")
REPORT = "import atexit, sys; atexit.register(lambda: print('numpy' in sys.modules))\n"


def verdicts(printed: str) -> tuple[set[str], set[str]]:
    """Return the cases that passed and those that did not."""
    lines = [(line.split()[0], line.split()[-1]) for line in printed.splitlines()]
    passed, failed = ({name for verdict, name in lines if verdict == wanted} for wanted in ("ok", "WRONG"))
    assert passed | failed == set(CASES)
    return passed, failed


def caught(source: str, vectors: dict[str, Any], monkeypatch: pytest.MonkeyPatch, folder: Path) -> set[str]:
    """Run a checker in this process; return the cases that it says are wrong, and it fails just when there are some."""
    (folder / "vectors.json").write_text(json.dumps(vectors), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["check.py", str(folder / "vectors.json")])
    with pytest.raises(SystemExit) as ended, redirect_stdout(StringIO()) as printed:
        exec(compile(source, "check.py", "exec"), {"__name__": "__main__"})
    _, wrong = verdicts(printed.getvalue())
    assert bool(ended.value.code) == bool(wrong)
    return wrong


def test_the_checker_is_some_thirty_lines_of_plain_python():
    tree = ast.parse(SOURCE)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= {"json", "math", "pathlib", "sys", "urllib"}
    code = [line for line in SOURCE.splitlines() if line and not line.startswith(("import ", "from ", '"""'))]
    assert len(code) <= 34


def test_the_checker_passes_all_cases_with_nothing_but_python(tmp_path, host):
    shutil.copy(FILE, host.folder)
    script = tmp_path / "check.py"
    script.write_text(REPORT + SOURCE, encoding="utf-8")
    for place in (str(FILE), host.url + FILE.name):
        command = [sys.executable, "-S", "-I", str(script), place]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        *lines, numpy_is_there = printed.splitlines()
        assert numpy_is_there == "False"
        assert verdicts("\n".join(lines)) == (set(CASES), set())


def of(*names: str) -> set[str]:
    return {name for name in CASES if name.rpartition("-")[0] in names}


ALL, ONE, LARGE, TOGETHER = set(CASES), of("one-unit"), of("large-z"), of("together")
HARD, HARD_KERAS2 = of("hard-sigmoid"), of("hard-sigmoid-keras2")
RELU_INITIAL = of("relu-initial-state")
RELU = of("relu") | RELU_INITIAL
INITIAL = of("initial-state") | RELU_INITIAL | TOGETHER
STATEFUL = of("stateful") | TOGETHER
MASKED = of("mask-left", "mask-right", "mask-holes", "go-backwards-mask", "mask-all") | TOGETHER
BACKWARDS = of("go-backwards", "go-backwards-mask") | TOGETHER

CELL = "z[j :: len(h)] for j"
STAY = 'call["mask"][b][t] else (h, c)'
NEXT = 'for call in case["calls"]:'
LATER = NEXT + "\n            if call is not case['calls'][0]:\n                "
SIGMOID = "exp(min(z, 0)) / (1 + exp(-abs(z)))"
BLOCKS_TRANSPOSED = """*[
        [weights["recurrent_kernel"][k % n][k // n * n + j] for k in range(4 * n)]
        for n in [settings["units"]]
        for j in range(n)
    ]"""
DIAGONALS = """*[
        [w * (k % settings["units"] == j) for k, w in enumerate(row)]
        for j, row in enumerate(weights["recurrent_kernel"])
    ]"""
BY_COLUMNS = '*zip(*[iter([w for column in zip(*weights["kernel"]) for w in column])] * 4 * settings["units"])'
WRONG = {  # what is replaced in the checker, by what, and the cases that catch it
    "gates i o f g, as in ONNX": (CELL, "[z[j + k * len(h)] for k in (0, 2, 3, 1)] for j", ALL),
    "gates i g f o, as in TensorFlow 1": (CELL, "[z[j + k * len(h)] for k in (0, 2, 1, 3)] for j", ALL),
    "gates f i g o": (CELL, "[z[j + k * len(h)] for k in (1, 0, 2, 3)] for j", ALL),
    "gates i f o g": (CELL, "[z[j + k * len(h)] for k in (0, 1, 3, 2)] for j", ALL),
    "columns unit by unit": (CELL, "z[4 * j : 4 * j + 4] for j", ALL - ONE),
    "kernel read by columns": ('*weights["kernel"]', BY_COLUMNS, ALL - ONE),
    "recurrent blocks transposed": ('*weights["recurrent_kernel"]', BLOCKS_TRANSPOSED, ALL - ONE - LARGE),
    "units that hear only themselves": ('*weights["recurrent_kernel"]', DIAGONALS, ALL - ONE - LARGE),
    "c for h in the gates": ("[*x, *h, 1]", "[*x, *c, 1]", ALL - LARGE),
    "no bias": (
        'weights.get("bias", [0] * 4 * settings["units"])',
        '[0] * 4 * settings["units"]',
        ALL - of("no-bias") - LARGE,
    ),
    "1 added to the forget gate": ("gate(f)", "gate(f + 1)", ALL - LARGE),
    "sigmoid for the candidate": ("activation(g)", "gate(g)", ALL),
    "no activation of c": ("activation(now)", "now", ALL - of("relu")),
    "tanh whatever is asked, g": ("activation(g)", "tanh(g)", RELU),
    "tanh whatever is asked, c": ("activation(now)", "tanh(now)", RELU),
    "sigmoid whatever is asked": ("gate(f)", 'FUNCTIONS["sigmoid"](f)', HARD | HARD_KERAS2),
    "hard sigmoid of Keras 2 for that of Keras 3": ("z / 6", "z / 5", HARD),
    "hard sigmoid of Keras 3 for that of Keras 2": ("z / 5", "z / 6", HARD_KERAS2),
    "hard sigmoid without its flat parts": ("min(max(z / 6 + 0.5, 0), 1)", "z / 6 + 0.5", HARD),
    "sigmoid that overflows": (SIGMOID, 'exp(z) / (1 + exp(z)) if z < 709 else float("nan")', LARGE),
    "tanh that overflows": (": tanh", ': lambda z: 1 - 2 / (exp(2 * z) + 1) if z < 354 else float("nan")', LARGE),
    "initial state ignored": ('case.get("initial_state", zeros)', "zeros", INITIAL),
    "initial state as c, h": ('for name in "hc"', 'for name in "ch"', INITIAL),
    "states returned as c, h": ("[*h, *h, *c]", "[*h, *c, *h]", ALL),
    "states not kept between calls": (NEXT, LATER + "h = c = [0] * len(h)", STATEFUL),
    "only c kept between calls": (NEXT, LATER + "h = [0] * len(h)", STATEFUL),
    "mask ignored": (STAY, "True else (h, c)", MASKED),
    "mask the other way round": ('call["mask"][b][t]', 'not call["mask"][b][t]', MASKED),
    "mask that empties the states": (
        STAY,
        STAY.replace("(h, c)", "([0] * len(h), [0] * len(c))"),
        MASKED - of("mask-left"),
    ),
    "mask that keeps only h": (STAY, STAY.replace("(h, c)", "(h, after[1])"), MASKED),
    "mask that keeps only c": (STAY, STAY.replace("(h, c)", "(after[0], c)"), MASKED),
    "mask not turned round": ('call["mask"][b][t]', 'call["mask"][b][n]', of("go-backwards-mask") | TOGETHER),
    "go_backwards ignored": ('-1 if settings["go_backwards"] else 1', "1", BACKWARDS),
    "initial state ignored with a mask": (
        'case.get("initial_state", zeros)',
        '(zeros if "mask" in case["calls"][0] else case.get("initial_state", zeros))',
        TOGETHER,
    ),
    "initial state again at each call": (
        NEXT,
        LATER + 'h, c = (case["initial_state"][name][b] for name in "hc") if "initial_state" in case else (h, c)',
        TOGETHER,
    ),
    "states not kept between masked calls": (
        NEXT,
        LATER + "h, c = ([0] * len(h), [0] * len(h)) if 'mask' in call else (h, c)",
        TOGETHER,
    ),
    "the mask of the first call kept": ('call["mask"][b][t]', 'case["calls"][0]["mask"][b][t]', TOGETHER),
    "a sequence that is masked throughout": (
        STAY,
        'call["mask"][b][t] or not any(call["mask"][b]) else (h, c)',
        of("mask-all"),
    ),
    "states kept without stateful": (' or not settings["stateful"]', "", of("stateless")),
    "initial state written into": (
        "    yield float(",
        """    if "initial_state" in case:
        case["initial_state"] = dict(zip("hc", [[h], [c]]))
    yield float(""",
        INITIAL,
    ),
    "x turned round in place": (
        "    yield float(",
        """    for call in case["calls"] if settings["go_backwards"] else []:
        [row.reverse() for row in call["x"]]
    yield float(""",
        BACKWARDS,
    ),
    "mask filled in": (
        "    yield float(",
        """    for call in case["calls"]:
        call["mask"] = call.get("mask", True)
    yield float(""",
        ALL - MASKED,
    ),
    "the mask of the first row for all": ('call["mask"][b][t]', 'call["mask"][0][t]', MASKED),
    "the initial state of the first row for all": ("zeros)[name][b]", "zeros)[name][0]", INITIAL),
    "output turned back": ('["y_sequence"][b][n]', '["y_sequence"][b][t]', BACKWARDS),
}


def test_the_vectors_catch_a_wrong_lstm(monkeypatch, tmp_path):
    for wrong, (old, new, by) in WRONG.items():
        assert SOURCE.count(old) == 1, wrong
        assert caught(SOURCE.replace(old, new), VECTORS, monkeypatch, tmp_path) == by, wrong


def test_the_checker_asks_for_its_file():
    done = subprocess.run([sys.executable, str(CHECK)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith("An LSTM in plain Python")


def test_the_checker_does_not_pass_what_it_was_not_given(tmp_path):
    (tmp_path / "none.json").write_text(json.dumps(VECTORS | {"cases": []}), encoding="utf-8")
    done = subprocess.run([sys.executable, str(CHECK), str(tmp_path / "none.json")], capture_output=True, check=False)
    assert done.returncode == 1


def test_an_lstm_that_raises_does_not_pass(tmp_path):
    raising = tmp_path / "raising.py"
    raising.write_text(SOURCE.replace(SIGMOID, "1 / (1 + exp(-z))"), encoding="utf-8")
    done = subprocess.run([sys.executable, str(raising), str(FILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "") and "OverflowError" in done.stderr


def swap(a: str, b: str) -> Callable[[dict[str, Any]], None]:
    def change(part: dict[str, Any]) -> None:
        part[a], part[b] = part[b], part[a]

    return change


SPOILT = [
    ("four-units-float64", lambda case: case["weights"]["bias"].reverse()),
    ("initial-state-float64", lambda case: swap("h", "c")(case["initial_state"])),
    ("stateful-float64", lambda case: case["calls"].reverse()),
    ("mask-right-float64", lambda case: case["calls"][0].pop("mask")),
    ("no-bias-float32", lambda case: swap("h", "c")(case["calls"][0]["expected"])),
    ("relu-float64", lambda case: case["settings"].update(activation="tanh")),
    ("go-backwards-float32", lambda case: case["settings"].update(go_backwards=False)),
    ("one-unit-float64", lambda case: case["calls"][0]["expected"].update(c=[[float("nan")]])),
    ("one-unit-float32", lambda case: case.update(tolerance=1e-12)),
]


def test_the_checker_sees_a_spoilt_case(monkeypatch, tmp_path):
    for name, spoil in SPOILT:
        vectors = copy.deepcopy(VECTORS)
        spoil(next(case for case in vectors["cases"] if case["name"] == name))
        assert caught(SOURCE, vectors, monkeypatch, tmp_path) == {name}


def places(array: Any, at: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    if not isinstance(array, list):
        yield at
        return
    for n, part in enumerate(array):
        yield from places(part, (*at, n))


def test_the_checker_compares_every_number():
    loaded = spec_from_file_location("checker", CHECK)
    checker = module_from_spec(loaded)
    loaded.loader.exec_module(checker)
    case, compared = CASES["together-float64"], 0
    for n, call in enumerate(case["calls"]):
        for key, array in call["expected"].items():
            for *path, last in places(array):
                off = copy.deepcopy(case)
                row = off["calls"][n]["expected"][key]
                for index in path:
                    row = row[index]
                row[last] += 1.5 * case["tolerance"]
                assert sum(not abs(a - b) <= case["tolerance"] for a, b in checker.numbers(off)) == 1, (n, key, path)
                compared += 1
    assert compared == 2 * (2 * 3 * 3 + 3 * 2 * 3)


def test_the_checker_compares_each_output_within_the_tolerance(monkeypatch, tmp_path):
    for key, times in product(("y_sequence", "y_last", "h", "c"), (0.5, 1.5)):
        vectors = copy.deepcopy(VECTORS)
        case = next(case for case in vectors["cases"] if case["name"] == "stateful-float64")
        numbers = case["calls"][-1]["expected"][key][-1]
        while isinstance(numbers[-1], list):
            numbers = numbers[-1]
        numbers[-1] += times * case["tolerance"]
        assert caught(SOURCE, vectors, monkeypatch, tmp_path) == ({case["name"]} if times > 1 else set()), (key, times)
