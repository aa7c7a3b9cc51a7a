"""Results of keras.layers.LSTM, recorded in float32 by golden/record_keras.py."""

import inspect
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from lstm_ref import LSTM, activations

RECORD = json.loads(Path(__file__).with_name("golden").joinpath("keras_lstm.json").read_text())
INITIALIZERS = RECORD["initializers"]
DTYPES = ["float32", "float64"]
TOLERANCE = 1e-6


def near(actual, recorded):
    np.testing.assert_allclose(actual, np.array(recorded), rtol=0, atol=TOLERANCE)


def make_layer(group, arguments, dtype, gates=(0, 1, 2, 3)):
    """The recorded layer; `gates` tells from which block of columns each gate takes its weights."""
    layer = LSTM(**arguments)
    if "kernel" in group:
        weights = [np.array(group[name], dtype) for name in ("kernel", "recurrent_kernel", "bias")]
        columns = np.concatenate([np.arange(layer.units) + layer.units * gate for gate in gates])
        layer.set_weights([array[..., columns] for array in weights[: 2 + layer.use_bias]])
    return layer


def parameters(function, kind):
    """The parameters of this kind with their defaults, in order."""
    own = [p for name, p in inspect.signature(function).parameters.items() if name != "self" and p.kind == kind]
    return {p.name: "(required)" if p.default is p.empty else p.default for p in own}


def test_arguments_have_the_order_and_the_defaults_of_keras():
    theirs = RECORD["signatures"]["LSTM"]
    by_position = parameters(LSTM, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    by_name = parameters(LSTM, inspect.Parameter.KEYWORD_ONLY)
    assert list(by_position)[-1] == "unit_forget_bias"
    assert list(by_position.items()) == list(theirs.items())[: len(by_position)]
    assert by_name.items() <= theirs.items()
    assert by_position.keys() | by_name.keys() == inspect.signature(LSTM).parameters.keys()


def test_a_call_has_the_arguments_and_defaults_of_keras_with_mask_first():
    """Keras 3 takes initial_state before mask, Keras 2 took mask before initial_state, as here."""
    ours = parameters(LSTM.__call__, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    assert list(ours) == ["x", "mask", "initial_state", "training"]
    assert ours == {"x" if name == "sequences" else name: v for name, v in RECORD["signatures"]["call"].items()}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(("group", "case"), [(g, c) for g in ("constant", "counted") for c in RECORD[g]["cases"]])
def test_calls(group, case, dtype):
    recorded = RECORD[group]["cases"][case]
    layer = make_layer(RECORD[group], recorded["arguments"], dtype)
    x = np.array(RECORD[group]["x"], dtype)
    for call in recorded["calls"]:
        states = call["initial_state"] and [np.array(state, dtype) for state in call["initial_state"]]
        result = layer(x[:, slice(*call["steps"])], call["mask"], states)
        returned = result if layer.return_state else [result]
        for ours, theirs in zip(returned, call["returned"], strict=True):
            assert ours.dtype == dtype
            near(ours, theirs)


@pytest.mark.parametrize(("a", "b"), list(combinations(range(4), 2)))
def test_no_two_gates_could_have_changed_places(a, b):
    recorded = RECORD["counted"]["cases"]["plain"]
    gates = [0, 1, 2, 3]
    gates[a], gates[b] = b, a
    layer = make_layer(RECORD["counted"], recorded["arguments"], "float32", gates)
    y, *_ = layer(np.array(RECORD["counted"]["x"], "float32"))
    assert abs(y - np.array(recorded["calls"][0]["returned"][0])).max() > 1e4 * TOLERANCE


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", sorted(RECORD["activations"].keys() - {"x"}))
def test_activations(name, dtype):
    ours = activations.get("hard_sigmoid_keras2" if name == "hard_sigmoid of tf_keras" else name)
    near(ours(np.array(RECORD["activations"]["x"], dtype)), RECORD["activations"][name])


@pytest.mark.parametrize(("arguments", "bias"), INITIALIZERS["arguments, bias"])
def test_bias(arguments, bias):
    layer = LSTM(**arguments)
    layer.build((None, None, 3))
    near(layer.bias, bias)


@pytest.mark.parametrize(("features", "units", "use_bias", "count"), INITIALIZERS["F, N, use_bias, count_params"])
def test_count_params(features, units, use_bias, count):
    layer = LSTM(units, use_bias=use_bias)
    layer.build((None, None, features))
    assert layer.count_params() == count


def test_both_kernels_start_as_fused_matrices():
    """Keras draws other numbers, but from the same range and as orthogonal."""
    recorded = INITIALIZERS["default"]
    layer = LSTM(recorded["units"], seed=0)
    layer.build((None, None, recorded["features"]))
    limit = recorded["sqrt(6 / (F + 4N))"]
    for largest in (abs(layer.kernel).max(), recorded["max |kernel|"]):
        assert 0.95 * limit < largest < limit + TOLERANCE
    skew = abs(layer.recurrent_kernel @ layer.recurrent_kernel.T - np.eye(layer.units)).max()
    assert max(skew, recorded["max |U U^T - 1|"]) < TOLERANCE
