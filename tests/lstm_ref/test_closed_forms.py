"""Weights for which the result can be written down without an LSTM."""

import numpy as np
import pytest
from hypothesis import given

from lstm_ref import LSTM
from tests.lstm_ref.problems import OPEN, SHUT, assert_close, gates, problems


def logistic(x):
    return 1 / (1 + np.exp(-x))


@given(problems())
def test_zero_weights_halve_the_cell_state_at_every_step(problem):
    layer = problem.layer([np.zeros_like(array) for array in problem.weights])
    i, f, g, o, c, h = layer.trace(problem.x, initial_state=problem.states)
    steps = np.arange(1, problem.x.shape[1] + 1, dtype=problem.x.dtype)
    expected = problem.states[1][:, np.newaxis] / 2 ** steps[:, np.newaxis]
    assert all((gate == 0.5).all() for gate in (i, f, o))
    assert (g == 0).all()
    assert (c == expected).all()
    assert_close(h, np.tanh(expected) / 2)


def saturated(problem, i, f, o):
    """A layer whose gates stand still; its candidate hears x only, so it is known beforehand."""
    kernel, recurrent_kernel, bias = (array.copy() for array in problem.weights)
    candidate = slice(2 * problem.units, 3 * problem.units)
    recurrent_kernel[:, candidate] = 0
    g = np.tanh(problem.x @ kernel[:, candidate] + bias[candidate])
    layer = problem.layer([kernel, recurrent_kernel, bias + gates(problem.units, i, f, 0, o)])
    return layer.trace(problem.x, initial_state=problem.states), g


@given(problems())
def test_open_gates_add_up_all_candidates(problem):
    trace, g = saturated(problem, OPEN, OPEN, OPEN)
    assert_close(trace.g, g)
    assert_close(trace.c, problem.states[1][:, np.newaxis] + np.cumsum(g, axis=1))
    assert_close(trace.h, np.tanh(trace.c))


@given(problems())
def test_a_shut_forget_gate_leaves_the_newest_candidate(problem):
    trace, g = saturated(problem, OPEN, SHUT, OPEN)
    assert_close(trace.c, g)
    assert_close(trace.h, np.tanh(g))


@given(problems())
def test_a_shut_input_gate_keeps_the_cell_state(problem):
    trace, _ = saturated(problem, SHUT, OPEN, OPEN)
    c = problem.states[1][:, np.newaxis] + np.zeros_like(trace.c)
    assert (trace.c == c).all()
    assert_close(trace.h, np.tanh(c))


@given(problems())
def test_a_shut_output_gate_hides_a_cell_state_that_goes_on(problem):
    trace, g = saturated(problem, OPEN, OPEN, SHUT)
    assert (trace.h == 0).all()
    assert_close(trace.c, problem.states[1][:, np.newaxis] + np.cumsum(g, axis=1))


def assert_first_gates(trace, z):
    """z (4 * units,) is all that the gates of the first step hear."""
    i, f, g, o = np.split(z.astype(float), 4)
    for gate, expected in zip(trace, (logistic(i), logistic(f), np.tanh(g), logistic(o)), strict=False):
        np.testing.assert_allclose(gate[:, 0], np.tile(expected, (len(gate), 1)), rtol=0, atol=1e-6)


@given(problems())
def test_one_feature_speaks_through_its_row_of_the_kernel(problem):
    kernel, recurrent_kernel, bias = problem.weights
    for feature, row in enumerate(kernel):
        x = np.zeros_like(problem.x)
        x[..., feature] = 1
        assert_first_gates(problem.layer([kernel, recurrent_kernel, 0 * bias]).trace(x), row)


@given(problems())
def test_one_unit_speaks_through_its_row_of_the_recurrent_kernel(problem):
    kernel, recurrent_kernel, bias = problem.weights
    for unit, row in enumerate(recurrent_kernel):
        h, c = np.zeros_like(problem.states[0]), problem.states[1]
        h[:, unit] = 1
        layer = problem.layer([kernel, recurrent_kernel, 0 * bias])
        assert_first_gates(layer.trace(0 * problem.x, initial_state=[h, c]), row)


@given(problems())
def test_without_input_and_states_the_bias_speaks(problem):
    assert_first_gates(problem.layer().trace(0 * problem.x), problem.weights[2])


@given(problems())
def test_use_bias_false_is_a_bias_of_zeros(problem):
    kernel, recurrent_kernel, bias = problem.weights
    without = problem.layer([kernel, recurrent_kernel], use_bias=False)
    assert without.bias is None
    assert (without(problem.x) == problem.layer([kernel, recurrent_kernel, 0 * bias])(problem.x)).all()


@given(problems())
def test_activation_acts_on_candidate_and_cell_recurrent_activation_on_gates(problem):
    layer = problem.layer(activation=lambda z: 0 * z + 3, recurrent_activation=lambda z: 0 * z + 0.5)
    i, f, g, o, c, h = layer.trace(problem.x)
    assert all((gate == 0.5).all() for gate in (i, f, o))
    assert (g == 3).all()
    assert (c[:, 0] == 1.5).all()
    assert (h == 1.5).all()


@given(problems())
def test_h_stays_within_one(problem):
    """Below 1, since the gate and tanh are; huge weights round both to 1, so 1 itself is then reached."""
    assert (abs(problem.layer().trace(problem.x).h) < 1).all()
    huge = [1000 * array for array in problem.weights]
    assert (abs(problem.layer(huge).trace(problem.x).h) <= 1).all()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rounding_lets_h_reach_one(dtype):
    layer = LSTM(1, return_sequences=True)
    layer.set_weights([np.zeros((1, 4)), np.zeros((1, 4)), gates(1, OPEN, OPEN, OPEN, OPEN)])
    y = layer(np.zeros((1, 40, 1), dtype))
    assert y[0, 0, 0] < 1
    assert y[0, -1, 0] == 1
