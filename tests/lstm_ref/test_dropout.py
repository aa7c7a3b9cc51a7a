"""Dropout, made visible by layers that put out what they read, or what they said before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_ref import LSTM
from tests.lstm_ref.problems import DTYPES, OPEN, SHUT, gates, problems


def echo(units, of, **arguments):
    """A layer with h_t = x_t (`of` is "x") or h_t = h_(t-1) (`of` is "h")."""
    layer = LSTM(units, activation="linear", return_sequences=True, **arguments)
    candidate = np.zeros((units, 4 * units))
    candidate[:, 2 * units : 3 * units] = np.eye(units)
    kernels = [candidate, 0 * candidate] if of == "x" else [0 * candidate, candidate]
    layer.set_weights([*kernels, gates(units, i=OPEN, f=SHUT, o=OPEN)])
    return layer


RATES = st.sampled_from([0.0, 0.25, 0.5, 0.75])
LENGTHS = st.integers(8, 12)
KINDS = [(dtype, backwards, stateful) for dtype in DTYPES for backwards in (False, True) for stateful in (False, True)]
kinds = pytest.mark.parametrize(("dtype", "backwards", "stateful"), KINDS)
ARGUMENTS = [("x", "dropout"), ("h", "recurrent_dropout")]


@kinds
@given(st.integers(1, 5), LENGTHS, st.integers(1, 5), RATES, st.integers(0, 99))
def test_inputs_are_dropped_by_one_mask_for_all_steps(dtype, backwards, stateful, batch, timesteps, units, rate, seed):
    x = np.ones((batch, timesteps, units), dtype)
    layer = echo(units, "x", dropout=rate, seed=seed, go_backwards=backwards, stateful=stateful)
    y = layer(x, training=True)
    assert set(y.ravel()) <= {0.0, dtype(1 / (1 - rate))}
    assert (y == y[:, :1]).all()


@kinds
@given(st.integers(1, 5), LENGTHS, st.integers(1, 5), RATES, st.integers(0, 99))
def test_h_is_dropped_by_one_mask_for_all_steps(dtype, backwards, stateful, batch, timesteps, units, rate, seed):
    x, ones = np.zeros((batch, timesteps, units), dtype), np.ones((batch, units), dtype)
    layer = echo(units, "h", recurrent_dropout=rate, seed=seed, go_backwards=backwards, stateful=stateful)
    y = layer(x, initial_state=[ones, ones], training=True)
    mask = y[:, 0]
    assert set(mask.ravel()) <= {0.0, dtype(1 / (1 - rate))}
    for t in range(timesteps):
        np.testing.assert_allclose(y[:, t], mask ** (t + 1), rtol=1e-5)


def seen_mask(layer, of, batch=60):
    ones = np.ones((batch, layer.units))
    return layer(ones[:, np.newaxis] * (of == "x"), initial_state=[ones, ones], training=True)[:, 0]


@pytest.mark.parametrize(("of", "argument"), ARGUMENTS)
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_the_fraction_dropped_is_the_rate_and_the_mean_stays(of, argument, rate):
    mask = seen_mask(echo(50, of, **{argument: rate}, seed=0), of)
    assert abs((mask == 0).mean() - rate) < 0.03
    assert abs(mask.mean() - 1) < 0.1
    assert (mask != mask[:1]).any(axis=0).all()
    assert (mask != mask[:, :1]).any(axis=1).all()


@pytest.mark.parametrize(("of", "argument"), ARGUMENTS)
def test_every_call_draws_another_mask_and_a_seed_repeats_them(of, argument):
    layers = [echo(50, of, **{argument: 0.5}, seed=seed) for seed in (0, 0, 1)]
    first, again, other = ([seen_mask(layer, of) for _ in range(2)] for layer in layers)
    assert (first[0] != first[1]).any()
    assert (first[0] != other[0]).any()
    assert (first[0] == again[0]).all()
    assert (first[1] == again[1]).all()


@given(problems(), st.booleans(), st.booleans())
def test_dropout_acts_in_training_only(problem, backwards, stateful):
    arguments = {"go_backwards": backwards, "stateful": stateful}
    layer = problem.layer(dropout=0.9, recurrent_dropout=0.9, **arguments)
    plain = problem.layer(**arguments)
    assert (layer(problem.x) == plain(problem.x)).all()
    for a, b in zip(layer.trace(problem.x), plain.trace(problem.x), strict=True):
        assert (a == b).all()


@given(problems(), st.booleans())
def test_a_trace_leaves_the_masks_to_the_calls(problem, stateful):
    traced, other = (problem.layer(dropout=0.5, recurrent_dropout=0.5, stateful=stateful, seed=0) for _ in range(2))
    traced.trace(problem.x)
    assert (traced(problem.x, training=True) == other(problem.x, training=True)).all()


@given(problems())
def test_rate_zero_drops_nothing_in_training(problem):
    assert (problem.layer()(problem.x, training=True) == problem.layer()(problem.x)).all()


@given(problems())
def test_recurrent_dropout_leaves_the_cell_state_alone(problem):
    """The masked h only speaks through the recurrent kernel."""
    kernel, recurrent_kernel, bias = problem.weights
    weights = [kernel, 0 * recurrent_kernel, bias]
    dropped = problem.layer(weights, recurrent_dropout=0.5, return_state=True, stateful=True)
    plain = problem.layer(weights, return_state=True)
    results = dropped(problem.x, initial_state=problem.states, training=True)
    assert all((a == b).all() for a, b in zip(results, plain(problem.x, initial_state=problem.states), strict=True))
    assert (dropped.states[0] == results[1]).all()


def test_what_dropout_makes_too_large_is_infinite_without_a_warning():
    """A feature that is kept is doubled, and 1e308 doubled is more than float64 holds."""
    layer = LSTM(2, dropout=0.5, seed=0, return_sequences=True)
    layer.set_weights([np.ones((3, 8)), np.zeros((2, 8)), np.zeros(8)])
    y = layer(np.full((4, 1, 3), 1e308), training=True)
    kept = round(np.tanh(1), 12)  # of a row that lost all its features 0 is left
    assert {kept} <= {*y.ravel().round(12)} <= {kept, 0.0}
