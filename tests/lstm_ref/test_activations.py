"""Each activation against its definition, one number at a time."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lstm_ref import LSTM, activations

DEFINITIONS = {
    "tanh": math.tanh,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)) if x > -700 else 0.0,
    "hard_sigmoid": lambda x: min(max(x + 3, 0), 6) / 6,
    "hard_sigmoid_keras2": lambda x: min(max(0.2 * x + 0.5, 0), 1),
    "relu": lambda x: x if x > 0 else 0.0,
    "linear": lambda x: x,
}
NUMBERS = [0.0, 1e-300, -1e-300, 2.5, -2.5, 3.0, -3.0, 20.0, -20.0, 1000.0, -1000.0]


def test_every_name_has_a_definition_here():
    assert set(activations.NAMES) == set(DEFINITIONS)


@pytest.mark.parametrize("name", DEFINITIONS)
@given(numbers=st.lists(st.floats(-1000, 1000) | st.sampled_from(NUMBERS), min_size=1))
def test_float64(name, numbers):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        values = activations.get(name)(np.array(numbers))
    np.testing.assert_allclose(values, [DEFINITIONS[name](x) for x in numbers], rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", DEFINITIONS)
@given(numbers=st.lists(st.floats(-1000, 1000, width=32), min_size=1))
def test_float32(name, numbers):
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        values = activations.get(name)(np.array(numbers, np.float32))
    assert values.dtype == np.float32
    np.testing.assert_allclose(values, [DEFINITIONS[name](x) for x in numbers], rtol=1e-6, atol=3e-7)


@pytest.mark.parametrize("name", DEFINITIONS)
@given(data=st.data(), dtype=st.sampled_from([np.float32, np.float64]))
def test_shape_and_dtype_stay_and_the_input_is_not_written_to(name, data, dtype):
    x = data.draw(arrays(dtype, array_shapes(min_side=0), elements=st.floats(-4, 4, width=32)))
    before = x.copy()
    y = activations.get(name)(x)
    assert y.shape == x.shape
    assert y.dtype == x.dtype
    assert (x == before).all()


@pytest.mark.parametrize("name", ["sigmoid", "hard_sigmoid", "hard_sigmoid_keras2"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_gate_can_be_open_and_shut_all_the_way(name, dtype):
    assert activations.get(name)(np.array([-1000, 0, 1000], dtype)).tolist() == [0, 0.5, 1]


def test_the_two_hard_sigmoids_differ_most_at_their_ends():
    x = np.linspace(-4, 4, 801)
    gap = abs(activations.hard_sigmoid(x) - activations.hard_sigmoid_keras2(x))
    assert gap.max() == pytest.approx(1 / 12)
    assert abs(x[gap.argmax()]) == pytest.approx(2.5)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_layer_takes_names_and_callables(name):
    x = np.linspace(-1, 1, 30).reshape(2, 5, 3)
    for argument in ("activation", "recurrent_activation"):
        named, called = (LSTM(4, seed=0, **{argument: f}) for f in (name, activations.NAMES[name]))
        assert (named(x) == called(x)).all()
        default = name == ("tanh" if argument == "activation" else "sigmoid")
        assert bool((named(x) == LSTM(4, seed=0)(x)).all()) == default


def test_none_is_linear():
    x = np.linspace(-1, 1, 30).reshape(2, 5, 3)
    assert (LSTM(4, activation=None, seed=0)(x) == LSTM(4, activation="linear", seed=0)(x)).all()
    assert (LSTM(4, recurrent_activation=None, seed=0)(x) != LSTM(4, seed=0)(x)).any()
