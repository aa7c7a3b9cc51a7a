"""The test vectors are what the schema and lstm_ref say, suffice for an LSTM without NumPy, and catch wrong ones."""

import ast
import copy
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest

from lstm_ref import LSTM
from tests.oracle import scalar_lstm
from tests.project import ROOT, committed

FOLDER = ROOT / "docs/vectors"
FILE = FOLDER / "lstm-vectors.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
CASES = {case["name"]: case for case in VECTORS["cases"]}
CHECK = FOLDER / "check.py"
SOURCE = CHECK.read_text(encoding="utf-8")
TOLERANCE = {"float64": 1e-12, "float32": 1e-6}


def arrays(value: Any) -> dict[str, Any]:
    return {name: np.array(array) for name, array in value.items()}


def parametrized(chosen: Callable[[dict[str, Any]], bool] = lambda case: True) -> list[Any]:
    return [pytest.param(case, id=name) for name, case in CASES.items() if chosen(case)]


def is_read_forwards(case: dict[str, Any]) -> bool:
    return not case["settings"]["go_backwards"] and "mask" not in case["calls"][0]


# The file


def test_the_schema_is_one_and_the_vectors_keep_to_it():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(VECTORS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: case.pop("dtype"),
        lambda case: case["weights"].pop("bias"),
        lambda case: case["settings"].update(use_bias=False),
        lambda case: case["settings"].update(units=0),
        lambda case: case["settings"].update(activation="Tanh"),
        lambda case: case["calls"].append(case["calls"][0]),
        lambda case: case["calls"][0].update(mask=[[1, 0]]),
        lambda case: case["calls"][0]["steps"].pop("g"),
        lambda case: case["calls"][0]["expected"].update(h=[["0.5"]]),
        lambda case: case.update(initial_state=[[[0.0]], [[0.0]]]),
        lambda case: case.update(tolerance=0),
        lambda case: case.update(tolerance=1e-6),
        lambda case: case.update(name="one-unit-float32"),
        lambda case: case.update(name="one-unit"),
        lambda case: case.update(dtype="float16"),
        lambda case: case.update(name="One unit-float64"),
        lambda case: case.update(calls=[]),
        lambda case: case["settings"].update(features=1.5),
        lambda case: case["weights"].update(bias=[]),
        lambda case: case["weights"].update(kernel=[]),
        lambda case: case["weights"].update(bias=[None, *case["weights"]["bias"][1:]]),
        lambda case: case["weights"].update(bias=[True, *case["weights"]["bias"][1:]]),
        lambda case: case["calls"][0].update(x=[]),
        lambda case: case["settings"].update(recurrent_activation="tanh"),
    ],
)
def test_the_schema_refuses(spoil):
    spoiled = copy.deepcopy(VECTORS)
    spoil(spoiled["cases"][0])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(spoiled)


@pytest.mark.parametrize("spoil", [{"version": 2}, {"cases": []}])
def test_the_schema_refuses_another_format_and_a_file_without_cases(spoil):
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(VECTORS | spoil)


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """The dictionaries, the outer ones first."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    yield from [part] if isinstance(part, dict) else []
    for each in inner:
        yield from objects(each)


def test_the_schema_refuses_a_key_that_is_gone_or_empty_or_new():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    few = VECTORS | {"conventions": {}, "cases": [CASES["initial-state-float64"], CASES["mask-holes-float64"]]}
    optional = {"initial_state", "mask"}
    assert optional < {key for each in objects(few) for key in each}
    for number, each in enumerate(objects(few)):
        if each == {}:
            continue
        changes = [lambda it: it.update(new=1)]
        changes += [lambda it, key=key: it.update({key: None}) for key in each]
        changes += [lambda it, key=key: it.pop(key) for key in each if key not in optional]
        for change in changes:
            spoilt = copy.deepcopy(few)
            change([*objects(spoilt)][number])
            assert not validator.is_valid(spoilt), f"{spoilt.keys()}: {[*each]}"


def test_a_case_never_changes():
    for revision, text in committed(FILE):
        for case in json.loads(text)["cases"]:
            assert CASES.get(case["name"]) == case, f"{revision} published another {case['name']}"


def test_names_are_unique_and_the_file_is_small():
    assert len(CASES) == len(VECTORS["cases"])
    assert len(FILE.read_bytes()) < 250_000
    assert FILE.read_text(encoding="ascii").endswith("}\n")


def numbers_and_words(value: Any) -> tuple[list[float], Any]:
    """Take the numbers out, and leave a hole for each."""
    found: list[float] = []

    def without(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: without(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [without(inner) for inner in part]
        if isinstance(part, float):
            found.append(part)
            return "a number"
        return part

    return found, without(value)


def test_make_writes_what_is_committed_up_to_rounding(tmp_path):
    copied = tmp_path / "make.py"
    copied.write_text((FOLDER / "make.py").read_text(encoding="utf-8"), encoding="utf-8")
    texts = []
    for _ in range(2):
        subprocess.run([sys.executable, str(copied)], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=True)
        texts.append((tmp_path / FILE.name).read_bytes())
    assert texts[0] == texts[1]
    (made, rest), (committed, committed_rest) = numbers_and_words(json.loads(texts[0])), numbers_and_words(VECTORS)
    assert rest == committed_rest
    np.testing.assert_allclose(made, committed, rtol=0, atol=1e-12)


@pytest.mark.parametrize("case", parametrized())
def test_shapes_are_what_settings_say(case):
    settings = case["settings"]
    units, batch, features = settings["units"], settings["batch"], settings["features"]
    weights = {name: array.shape for name, array in arrays(case["weights"]).items()}
    shapes = {"kernel": (features, 4 * units), "recurrent_kernel": (units, 4 * units), "bias": (4 * units,)}
    assert list(weights.items()) == list(shapes.items())[: 2 + settings["use_bias"]]
    for state in arrays(case.get("initial_state", {})).values():
        assert state.shape == (batch, units)
    for call in case["calls"]:
        steps = call["timesteps"]
        assert np.shape(call["x"]) == (batch, steps, features)
        assert np.shape(call.get("mask", np.ones((batch, steps)))) == (batch, steps)
        assert {array.shape for array in arrays(call["steps"]).values()} == {(batch, steps, units)}
        shapes = {name: array.shape for name, array in arrays(call["expected"]).items()}
        assert shapes == {"y_sequence": (batch, steps, units)} | dict.fromkeys(("y_last", "h", "c"), (batch, units))


@pytest.mark.parametrize("case", parametrized())
def test_what_is_given_is_exact_in_float32(case):
    given = [case["weights"], case.get("initial_state", {}), *({"x": call["x"]} for call in case["calls"])]
    for array in (array for group in given for array in arrays(group).values()):
        assert (array.astype("float32") == array).all()


def test_the_first_step_counts_where_the_states_do_not_start_from_zeros():
    """Keras' backends disagree about what a masked step puts out before the first that counts."""
    for case in CASES.values():
        first = -1 if case["settings"]["go_backwards"] else 0
        for number, call in enumerate(case["calls"]):
            if "mask" in call and (number or "initial_state" in case):
                assert np.array(call["mask"])[:, first].all()


# What it says of itself

CONVENTIONS = VECTORS["conventions"]


def value(formula: str, **names: Any) -> Any:
    """The value of a formula as the file writes it: f c is a product."""
    functions = {"exp": np.exp, "tanh": np.tanh, "max": np.maximum, "min": np.minimum}
    with np.errstate(over="ignore"):
        return eval(re.sub(r"(?<=\w) (?=\w)", " * ", formula), functions | names)


def blocks(sentence: str, units: int) -> dict[str, list[int]]:
    """The columns of each gate, from 'blocks i, f, g, o: unit j has the columns j, units + j, …'."""
    order, _, terms = sentence.partition(" has the columns ")
    gates = re.findall(r"\b[ifgo]\b", order)
    terms = re.split(", | and ", terms.replace(" ·", ""))
    return {
        gate: [value(term, units=units, j=j) for j in range(units)] for gate, term in zip(gates, terms, strict=True)
    }


@pytest.mark.parametrize("case", parametrized(is_read_forwards))
def test_the_conventions_are_enough_to_compute_each_step(case):
    settings, units = case["settings"], case["settings"]["units"]
    columns, (_, gates, memory, shown) = blocks(CONVENTIONS["columns"], units), CONVENTIONS["equations"]
    roles = {gate: role for some, role in re.findall(r"(\w(?:, \w)*) = (\w+) of", gates) for gate in some.split(", ")}
    functions = {
        role: lambda z, formula=CONVENTIONS["activations"][settings[role]]: value(formula.partition(":")[0], z=z)
        for role in ("activation", "recurrent_activation")
    }
    *order, zeros = re.match(r"(\w) before (\w); (\w+) before the first step", CONVENTIONS["states"]).groups()
    states = arrays(case["initial_state"]) if "initial_state" in case else None
    states = states or {name: getattr(np, zeros)((settings["batch"], units)) for name in order}
    assert [*states] == order
    weights = arrays(case["weights"])
    weights = np.vstack([weights["kernel"], weights["recurrent_kernel"], weights.get("bias", np.zeros(4 * units))])
    for call in case["calls"]:
        for t, x in enumerate(np.array(call["x"]).swapaxes(0, 1)):
            z = np.hstack([x, states["h"], np.ones((len(x), 1))]) @ weights
            step = {gate: functions[roles[gate]](z[:, columns[gate]]) for gate in columns}
            step["c"] = value(memory.partition(",")[0].partition("= ")[2], **step, c=states["c"])
            step["h"] = value(shown.partition("= ")[2], **step, **functions)
            for name, computed in step.items():
                wanted = np.array(call["steps"][name])[:, t]
                np.testing.assert_allclose(computed, wanted, rtol=0, atol=case["tolerance"], err_msg=name)
            states = {name: step[name] for name in states}


def test_what_no_case_computes_is_said_as_it_is():
    """The sentences of the file that no test computes with: reading them is the test, and this the copy that was read."""
    said = CONVENTIONS
    assert "zeros before the first step of the first call where there is no initial_state" in said["states"]
    assert said["shapes"]["initial_state"] == "h and c, each (batch, units)"
    assert said["shapes"]["mask"] == "(batch, timesteps); not there if every step counts"
    assert said["mask"].startswith("in the order of x; where it is false, h and c stay as they are")
    assert said["mask"].endswith("what was put out before is put out again, zeros if nothing was")
    assert said["go_backwards"].startswith(
        "x and mask are read from the last timestep to the first; steps and y_sequence are"
    )
    assert said["calls"].endswith("a call goes on from the h and c with which the call before ended (stateful)")
    assert said["activations"]["hard_sigmoid_keras2"].endswith("what Keras 1 and 2 called hard_sigmoid")
    assert said["tolerance"]["means"] == "the largest absolute difference that is right; a NaN is never right"
    assert VECTORS["licence"].startswith("CC BY 4.0, https://creativecommons.org/licenses/by/4.0/")


def test_the_page_says_the_same_of_masks_and_order(site):
    page = site.page("vectors/").soup
    rows = {
        row.td.text: row.find_all("td")[1].text
        for row in page.find(id="conventions").find_next("table").select("tbody tr")
    }
    assert "a mask is true where a step counts" in rows["x, mask"]
    assert "h before c" in rows["initial_state"] and "zeros where there is none" in rows["initial_state"]
    assert "read last to first" in rows["go_backwards"] and "stay in the order of reading" in rows["go_backwards"]
    assert "zeros if nothing was" in rows["a masked step"]
    words = " ".join(page.article.text.split())
    assert "Let the case fail where not (difference <= tolerance): so a NaN fails, too." in words
    assert "It needs Python 3.10 or newer" in words and "It compares expected, not steps." in words
    assert "A case never changes and never goes; cases may be added." in words


def test_the_tolerance_is_that_of_the_dtype():
    assert all(case["tolerance"] == TOLERANCE[case["dtype"]] for case in CASES.values())
    assert TOLERANCE.items() <= CONVENTIONS["tolerance"].items()


def test_the_page_repeats_the_conventions(site):
    table = site.page("vectors/").soup.find(id="conventions").find_next("table")
    rows = {row.td.text: row.find_all("td")[1].text for row in table.select("tbody tr")}
    assert blocks(rows["columns"], 3) == blocks(CONVENTIONS["columns"], 3)
    said = re.findall(r"10−(\d+) in (float\d+)", rows["tolerance"])
    assert {dtype: float(f"1e-{digits}") for digits, dtype in said} == TOLERANCE


# Who computes the same


@pytest.mark.parametrize("sequences", [True, False])
@pytest.mark.parametrize("case", parametrized())
def test_lstm_ref_computes_them(case, sequences):
    dtype, settings = case["dtype"], dict(case["settings"])
    del settings["batch"], settings["features"]
    layer = LSTM(**settings, return_sequences=sequences, return_state=True)
    layer.set_weights([np.array(array, dtype) for array in case["weights"].values()])
    start = [np.array(case["initial_state"][name], dtype) for name in "hc"] if "initial_state" in case else None
    for call in case["calls"]:
        x, mask = np.array(call["x"], dtype), np.array(call["mask"]) if "mask" in call else None
        trace = layer.trace(x, mask, start)._asdict()
        results = dict(zip(("y_sequence" if sequences else "y_last", "h", "c"), layer(x, mask, start), strict=True))
        for computed, wanted in ((trace, call["steps"]), (results, call["expected"])):
            for name, array in computed.items():
                assert array.dtype == dtype
                np.testing.assert_allclose(array, wanted[name], rtol=0, atol=case["tolerance"], err_msg=name)
        start = None  # later calls go on from the states that the layer keeps


def is_plain(case: dict[str, Any]) -> bool:
    usual = {"activation": "tanh", "recurrent_activation": "sigmoid", "go_backwards": False}
    moderate = np.abs(case["weights"]["kernel"]).max() < 100  # the oracle's sigmoid overflows
    return usual.items() <= case["settings"].items() and "mask" not in case["calls"][0] and moderate


@pytest.mark.parametrize("case", parametrized(is_plain))
def test_every_step_is_what_the_scalars_say(case):
    weights, units = case["weights"], case["settings"]["units"]
    bias = weights.get("bias", [0.0] * 4 * units)
    for b in range(case["settings"]["batch"]):
        h, c = (case["initial_state"][name][b] if "initial_state" in case else [0.0] * units for name in "hc")
        for call in case["calls"]:
            history = scalar_lstm(call["x"][b], weights["kernel"], weights["recurrent_kernel"], bias, h, c)
            for name, wanted in call["steps"].items():
                np.testing.assert_allclose(history[name], wanted[b], rtol=0, atol=case["tolerance"], err_msg=name)
            h, c = history["h"][-1], history["c"][-1]


@pytest.mark.parametrize("case", parametrized())
def test_steps_end_in_what_is_expected(case):
    for call in case["calls"]:
        steps, expected = call["steps"], arrays(call["expected"])
        assert steps["h"] == call["expected"]["y_sequence"]
        for name, wanted in (("h", expected["h"]), ("h", expected["y_last"]), ("c", expected["c"])):
            assert (np.array(steps[name])[:, -1] == wanted).all()


# The checker, and what is caught

REPORT = "import atexit, sys; atexit.register(lambda: print('numpy' in sys.modules))\n"


def check(source: str, vectors: Path | str, folder: Path) -> tuple[int, set[str], set[str]]:
    """Run a checker without site-packages; return its status, the cases that passed and those that did not."""
    script = folder / "checker.py"
    script.write_text(REPORT + source, encoding="utf-8")
    command = [sys.executable, "-S", "-I", str(script), str(vectors)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    *lines, numpy_is_there = done.stdout.splitlines()
    assert numpy_is_there == "False"
    verdicts = [(line.split()[0], line.split()[-1]) for line in lines]
    passed, failed = ({name for verdict, name in verdicts if verdict == wanted} for wanted in ("ok", "WRONG"))
    assert passed | failed == (set(CASES) if lines else set())
    return done.returncode, passed, failed


def test_the_checker_is_thirty_lines_of_plain_python():
    tree = ast.parse(SOURCE)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= {"json", "math", "pathlib", "sys", "urllib"}
    code = [line for line in SOURCE.splitlines() if line and not line.startswith(("import ", "from ", '"""'))]
    assert len(code) <= 30


def test_the_checker_passes_all_cases(tmp_path, site):
    for place in (FILE, site.url + "vectors/lstm-vectors.json"):
        assert check(SOURCE, place, tmp_path) == (0, set(CASES), set())


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
    "initial state ignored": ('"initial_state" in case', "False", INITIAL),
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
        '"initial_state" in case',
        '"initial_state" in case and "mask" not in case["calls"][0]',
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
    "output turned back": ('["y_sequence"][b][n]', '["y_sequence"][b][t]', BACKWARDS),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_the_vectors_catch_a_wrong_lstm(wrong, tmp_path):
    old, new, by = WRONG[wrong]
    assert SOURCE.count(old) == 1
    status, _, caught = check(SOURCE.replace(old, new), FILE, tmp_path)
    assert (status, caught) == (1, by)


def test_the_checker_asks_for_its_file():
    done = subprocess.run([sys.executable, str(CHECK)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.startswith("An LSTM in plain Python")


def test_the_checker_does_not_pass_what_it_was_not_given(tmp_path):
    (tmp_path / "none.json").write_text(json.dumps(VECTORS | {"cases": []}), encoding="utf-8")
    done = subprocess.run([sys.executable, str(CHECK), str(tmp_path / "none.json")], capture_output=True, check=False)
    assert done.returncode == 1


def test_an_lstm_that_raises_does_not_pass(tmp_path):
    assert check(SOURCE.replace(SIGMOID, "1 / (1 + exp(-z))"), FILE, tmp_path) == (1, set(), set())


def swap(a: str, b: str) -> Callable[[dict[str, Any]], None]:
    def change(part: dict[str, Any]) -> None:
        part[a], part[b] = part[b], part[a]

    return change


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("four-units-float64", lambda case: case["weights"]["bias"].reverse()),
        ("initial-state-float64", lambda case: swap("h", "c")(case["initial_state"])),
        ("stateful-float64", lambda case: case["calls"].reverse()),
        ("mask-right-float64", lambda case: case["calls"][0].pop("mask")),
        ("no-bias-float32", lambda case: swap("h", "c")(case["calls"][0]["expected"])),
        ("relu-float64", lambda case: case["settings"].update(activation="tanh")),
        ("go-backwards-float32", lambda case: case["settings"].update(go_backwards=False)),
        ("one-unit-float64", lambda case: case["calls"][0]["expected"].update(c=[[float("nan")]])),
        ("one-unit-float32", lambda case: case.update(tolerance=1e-12)),
    ],
)
def test_the_checker_sees_a_spoilt_case(name, spoil, tmp_path):
    vectors = copy.deepcopy(VECTORS)
    spoil(next(case for case in vectors["cases"] if case["name"] == name))
    (tmp_path / "spoilt.json").write_text(json.dumps(vectors), encoding="utf-8")
    status, _, caught = check(SOURCE, tmp_path / "spoilt.json", tmp_path)
    assert (status, caught) == (1, {name})


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


@pytest.mark.parametrize("times", [0.5, 1.5])
@pytest.mark.parametrize("key", ["y_sequence", "y_last", "h", "c"])
def test_the_checker_compares_each_output_within_the_tolerance(key, times, tmp_path):
    vectors = copy.deepcopy(VECTORS)
    case = next(case for case in vectors["cases"] if case["name"] == "stateful-float64")
    numbers = case["calls"][-1]["expected"][key][-1]
    while isinstance(numbers[-1], list):
        numbers = numbers[-1]
    numbers[-1] += times * case["tolerance"]
    (tmp_path / "off.json").write_text(json.dumps(vectors), encoding="utf-8")
    assert check(SOURCE, tmp_path / "off.json", tmp_path)[2] == ({case["name"]} if times > 1 else set())


# The page


def test_the_page_lists_the_cases_as_they_are(site):
    page = site.page("vectors/").soup
    rows = [[cell.text for cell in row.find_all("td")] for row in page.select("table")[0].select("tbody tr")]
    dtypes: dict[tuple[str, str], list[str]] = {}
    for case in CASES.values():
        name = case["name"].removesuffix(f"-{case['dtype']}")
        dtypes.setdefault((name, case["question"].replace("`", "")), []).append(case["dtype"])
    assert rows == [[*case] for case in dtypes]
    (said,) = [tag for tag in page.find_all("p") if tag.text.startswith("In float64 only: ")]
    only = [name for (name, _), found in dtypes.items() if found == ["float64"]]
    assert [code.text for code in said.find_all("code")] == only
    assert {*map(tuple, dtypes.values())} == {("float64",), ("float64", "float32")}


@pytest.mark.parametrize("name", [FILE.name, "schema.json", "check.py", "make.py"])
def test_the_site_gives_the_files(name, site):
    assert site.page("vectors/").soup.article.find("a", href=name)
    assert (site.root / "vectors" / name).read_bytes() == (FOLDER / name).read_bytes()
