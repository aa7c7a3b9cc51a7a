"""The test vectors are what lstm_ref, the scalars and their own conventions compute, and never change."""

import json
import re
import subprocess
import sys
from itertools import product
from typing import Any

import numpy as np

from lstm_ref import LSTM
from tests.lstm_ref.vectors import CASES, CONVENTIONS, FILE, FOLDER, TOLERANCE, VECTORS, blocks, value
from tests.oracle import scalar_lstm
from tests.project import ROOT, committed


def arrays(value: Any) -> dict[str, Any]:
    return {name: np.array(array) for name, array in value.items()}


def is_read_forwards(case: dict[str, Any]) -> bool:
    return not case["settings"]["go_backwards"] and "mask" not in case["calls"][0]


# The file


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


def test_shapes_are_what_settings_say():
    for case in CASES.values():
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


def test_what_is_given_is_exact_in_float32():
    for case in CASES.values():
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


def test_the_conventions_are_enough_to_compute_each_step():
    for case in filter(is_read_forwards, CASES.values()):
        settings, units = case["settings"], case["settings"]["units"]
        columns, (_, gates, memory, shown) = blocks(CONVENTIONS["columns"], units), CONVENTIONS["equations"]
        roles = {
            gate: role for some, role in re.findall(r"(\w(?:, \w)*) = (\w+) of", gates) for gate in some.split(", ")
        }
        functions = {
            role: lambda z, formula=CONVENTIONS["activations"][settings[role]]: value(formula.partition(":")[0], z=z)
            for role in ("activation", "recurrent_activation")
        }
        *order, zeros = re.match(r"(\w) before (\w); (\w+) before the first step", CONVENTIONS["states"]).groups()
        start = arrays(case["initial_state"]) if "initial_state" in case else None
        start = start or {name: getattr(np, zeros)((settings["batch"], units)) for name in order}
        assert [*start] == order
        weights = arrays(case["weights"])
        weights = np.vstack([weights["kernel"], weights["recurrent_kernel"], weights.get("bias", np.zeros(4 * units))])
        states = start
        for call in case["calls"]:
            states = states if settings["stateful"] else start
            for t, x in enumerate(np.array(call["x"]).swapaxes(0, 1)):
                z = np.hstack([x, states["h"], np.ones((len(x), 1))]) @ weights
                step = {gate: functions[roles[gate]](z[:, columns[gate]]) for gate in columns}
                step["c"] = value(memory.partition(",")[0].partition("= ")[2], **step, c=states["c"])
                step["h"] = value(shown.partition("= ")[2], **step, **functions)
                for name, computed in step.items():
                    wanted = np.array(call["steps"][name])[:, t]
                    np.testing.assert_allclose(
                        computed, wanted, rtol=0, atol=case["tolerance"], err_msg=f"{case['name']}: {name}"
                    )
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
    assert said["calls"].startswith(
        "one after the other; with stateful a call goes on from the h and c with which the call before ended, without it "
        "each call starts as the first does"
    )
    assert said["calls"].endswith("x, mask and initial_state are the same after a call as before")
    assert said["activations"]["hard_sigmoid_keras2"].endswith("what Keras 1 and 2 called hard_sigmoid")
    assert said["tolerance"]["means"] == "the largest absolute difference that is right; a NaN is never right"
    assert VECTORS["licence"].startswith("CC BY 4.0, https://creativecommons.org/licenses/by/4.0/")


def test_the_tolerance_is_that_of_the_dtype():
    assert all(case["tolerance"] == TOLERANCE[case["dtype"]] for case in CASES.values())
    assert TOLERANCE.items() <= CONVENTIONS["tolerance"].items()


# Who computes the same


def test_lstm_ref_computes_them():
    for case, sequences in product(CASES.values(), (True, False)):
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
                    np.testing.assert_allclose(
                        array, wanted[name], rtol=0, atol=case["tolerance"], err_msg=f"{case['name']}: {name}"
                    )
            start = None  # later calls go on from the states that the layer keeps


def is_plain(case: dict[str, Any]) -> bool:
    usual = {"activation": "tanh", "recurrent_activation": "sigmoid", "go_backwards": False}
    moderate = np.abs(case["weights"]["kernel"]).max() < 100  # the oracle's sigmoid overflows
    return usual.items() <= case["settings"].items() and "mask" not in case["calls"][0] and moderate


def test_every_step_is_what_the_scalars_say():
    for case in filter(is_plain, CASES.values()):
        weights, units = case["weights"], case["settings"]["units"]
        bias = weights.get("bias", [0.0] * 4 * units)
        for b in range(case["settings"]["batch"]):
            for call in case["calls"]:
                if call is case["calls"][0] or not case["settings"]["stateful"]:
                    start = case.get("initial_state", dict.fromkeys("hc", [[0.0] * units] * case["settings"]["batch"]))
                    h, c = (start[name][b] for name in "hc")
                history = scalar_lstm(call["x"][b], weights["kernel"], weights["recurrent_kernel"], bias, h, c)
                for name, wanted in call["steps"].items():
                    np.testing.assert_allclose(
                        history[name], wanted[b], rtol=0, atol=case["tolerance"], err_msg=f"{case['name']}: {name}"
                    )
                h, c = history["h"][-1], history["c"][-1]


def test_steps_end_in_what_is_expected():
    for case in CASES.values():
        for call in case["calls"]:
            steps, expected = call["steps"], arrays(call["expected"])
            assert steps["h"] == call["expected"]["y_sequence"]
            for name, wanted in (("h", expected["h"]), ("h", expected["y_last"]), ("c", expected["c"])):
                assert (np.array(steps[name])[:, -1] == wanted).all()
