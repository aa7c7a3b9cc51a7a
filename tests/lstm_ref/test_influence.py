"""Who influences whom: rows of the batch, timesteps, units."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lstm_ref import diagonal_blocks, one_unit, step, step_jacobian
from lstm_ref.examples import worked_input, worked_layer
from tests.lstm_ref.problems import assert_close, problems


@given(problems(batch=2), st.data())
def test_a_row_of_the_batch_does_not_see_the_others(problem, data):
    row = data.draw(st.integers(0, len(problem.x) - 1))
    layer = problem.layer(return_sequences=True)
    y = layer(problem.x, initial_state=problem.states)
    spoiled = [np.full_like(array, np.nan) for array in (problem.x, *problem.states)]
    for array, original in zip(spoiled, (problem.x, *problem.states), strict=True):
        array[row] = original[row]
    assert (layer(spoiled[0], initial_state=spoiled[1:])[row] == y[row]).all()
    alone = [array[[row]] for array in (problem.x, *problem.states)]
    assert_close(layer(alone[0], initial_state=alone[1:]), y[[row]])


@given(problems(batch=2), st.randoms(use_true_random=False))
def test_permuting_rows_permutes_rows(problem, random):
    order = random.sample(range(len(problem.x)), len(problem.x))
    layer = problem.layer(return_sequences=True)
    assert_close(layer(problem.x[order]), layer(problem.x)[order])


@given(problems(timesteps=2), st.data())
def test_the_past_does_not_see_the_future(problem, data):
    now = data.draw(st.integers(1, problem.x.shape[1] - 1))
    layer = problem.layer(return_sequences=True)
    y = layer(problem.x)
    assert_close(layer(problem.x[:, :now]), y[:, :now])
    spoiled = problem.x.copy()
    spoiled[:, now:] = np.nan
    after = layer(spoiled)
    assert (after[:, :now] == y[:, :now]).all()
    assert np.isnan(after[:, now:]).all()


@given(problems(units=2), st.randoms(use_true_random=False))
def test_permuting_units_permutes_outputs(problem, random):
    order = np.array(random.sample(range(problem.units), problem.units))
    columns = np.concatenate([gate * problem.units + order for gate in range(4)])
    kernel, recurrent_kernel, bias = problem.weights
    permuted = problem.layer([kernel[:, columns], recurrent_kernel[order][:, columns], bias[columns]])
    before = problem.layer().trace(problem.x, initial_state=problem.states)
    after = permuted.trace(problem.x, initial_state=[state[:, order] for state in problem.states])
    for a, b in zip(after, before, strict=True):
        assert_close(a, b[..., order])


@given(problems())
def test_diagonal_blocks_are_so_many_layers_of_one_unit(problem):
    """Not nearly: the very same numbers. (Why they can be: see `problems`.)"""
    kernel, recurrent_kernel, bias = problem.weights
    whole = problem.layer([kernel, diagonal_blocks(recurrent_kernel), bias])
    together = whole.trace(problem.x, initial_state=problem.states)
    for j in range(problem.units):
        own = slice(j, None, problem.units)
        single = problem._replace(weights=[kernel[:, own], recurrent_kernel[[j], own], bias[own]])
        alone = single.layer().trace(problem.x, initial_state=[state[:, [j]] for state in problem.states])
        for a, b in zip(alone, together, strict=True):
            assert (a[..., 0] == b[..., j]).all()


@given(problems(units=2, timesteps=2), st.data())
def test_one_weight_beside_the_diagonal_lets_one_unit_hear_another(problem, data):
    listener, speaker = data.draw(st.permutations(range(problem.units)))[:2]
    kernel, recurrent_kernel, bias = problem.weights
    recurrent_kernel = diagonal_blocks(recurrent_kernel)
    apart = problem.layer([kernel, recurrent_kernel, bias]).trace(problem.x).h
    assume(abs(apart[0, 0, speaker]) > 1e-3)
    recurrent_kernel[speaker, 2 * problem.units + listener] = 1
    coupled = problem.layer([kernel, recurrent_kernel, bias]).trace(problem.x).h
    assert (coupled[:, 0] == apart[:, 0]).all()
    assert coupled[0, 1, listener] != apart[0, 1, listener]
    others = [j for j in range(problem.units) if j != listener]
    assert (coupled[..., others] == apart[..., others]).all()


def test_dense_blocks_are_not_layers_of_one_unit():
    layer, x = worked_layer(return_sequences=True), worked_input()
    y = layer(x)
    for j in range(layer.units):
        single = worked_layer(1, return_sequences=True)
        single.set_weights(one_unit(layer.get_weights(), j))
        alone = single(x)[..., 0]
        np.testing.assert_allclose(alone[:, 0], y[:, 0, j])
        assert abs(alone[:, 1:] - y[:, 1:, j]).max() > 0.01


def differences(problem, which, by):
    """Central differences of state `which` of step by state `by`; row j, column k."""
    states, nudge = [state[0].astype(float) for state in problem.states], 1e-6
    columns = []
    for k in range(problem.units):
        ends = []
        for sign in (1, -1):
            moved = {"h": states[0].copy(), "c": states[1].copy()}
            moved[by][k] += sign * nudge
            ends.append(getattr(step(problem.x[0, 0], moved["h"], moved["c"], *problem.weights), which))
        columns.append((ends[0] - ends[1]) / (2 * nudge))
    return np.stack(columns, axis=-1)


@given(problems(dtypes=[np.float64]))
def test_jacobian_is_what_finite_differences_say(problem):
    jacobian = step_jacobian(problem.x[0, 0], problem.states[0][0], problem.states[1][0], *problem.weights)
    for name, derivative in jacobian._asdict().items():
        which, by = name[1], name[-1]
        measured = differences(problem, which, by)
        np.testing.assert_allclose(derivative, measured, rtol=0, atol=1e-8)
        if by == "c":
            beside = ~np.eye(problem.units, dtype=bool)
            assert (measured[beside] == 0).all()
            assert (derivative[beside] == 0).all()


@pytest.mark.parametrize("blocks", ["dense", "diagonal"])
def test_hidden_states_reach_every_unit_unless_the_blocks_are_diagonal(blocks):
    layer, rng = worked_layer(), np.random.default_rng(0)
    kernel, recurrent_kernel, bias = layer.get_weights()
    if blocks == "diagonal":
        recurrent_kernel = diagonal_blocks(recurrent_kernel)
    h, c = rng.normal(size=(2, layer.units))
    jacobian = step_jacobian(worked_input()[0, 0], h, c, kernel, recurrent_kernel, bias)
    reached = np.ones((4, 4), bool) if blocks == "dense" else np.eye(4, dtype=bool)
    assert ((jacobian.dc_dh != 0) == reached).all()
    assert ((jacobian.dh_dh != 0) == reached).all()
    assert ((jacobian.dc_dc != 0) == np.eye(4)).all()
    assert ((jacobian.dh_dc != 0) == np.eye(4)).all()
