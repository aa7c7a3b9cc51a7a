"""Masked steps: both states freeze and the output repeats."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.lstm_ref.problems import assert_close, problems

BOTH = {"return_sequences": True, "return_state": True}


def masks(data, problem):
    return data.draw(arrays(bool, problem.x.shape[:2]))


@given(problems(), st.booleans())
def test_a_mask_of_true_is_no_mask(problem, backwards):
    layer = problem.layer(go_backwards=backwards, **BOTH)
    masked = layer(problem.x, np.ones(problem.x.shape[:2], bool), problem.states)
    plain = layer(problem.x, initial_state=problem.states)
    assert all((a == b).all() for a, b in zip(masked, plain, strict=True))


@given(problems(timesteps=2), st.data())
def test_right_padding_equals_truncation(problem, data):
    length = data.draw(st.integers(1, problem.x.shape[1] - 1))
    mask = np.arange(problem.x.shape[1]) < np.full((len(problem.x), 1), length)
    for return_sequences in (False, True):
        layer = problem.layer(return_sequences=return_sequences, return_state=True)
        y, h, c = layer(problem.x, mask, problem.states)
        short_y, short_h, short_c = layer(problem.x[:, :length], initial_state=problem.states)
        assert_close(h, short_h)
        assert_close(c, short_c)
        assert_close(y[:, :length] if return_sequences else y, short_y)


@given(problems(), st.data())
def test_masked_steps_are_as_if_they_were_cut_out(problem, data):
    """Row by row: the steps that count, run alone, give the states and the outputs at those steps."""
    mask = masks(data, problem)
    layer = problem.layer(**BOTH)
    y, h, c = layer(problem.x, mask, problem.states)
    for b in range(len(problem.x)):
        own_states = [state[[b]] for state in problem.states]
        if not mask[b].any():
            assert (h[[b]] == own_states[0]).all()
            assert (c[[b]] == own_states[1]).all()
            continue
        alone_y, alone_h, alone_c = layer(problem.x[[b]][:, mask[b]], initial_state=own_states)
        assert_close(y[[b]][:, mask[b]], alone_y)
        assert_close(h[[b]], alone_h)
        assert_close(c[[b]], alone_c)


@given(problems(timesteps=2), st.data())
def test_they_are_so_in_training_too(problem, data):
    """All rows skip the same steps; a layer with the same seed drops the same and never sees them."""
    steps = data.draw(arrays(bool, problem.x.shape[1]).filter(np.any))
    rates = {"dropout": 0.5, "recurrent_dropout": 0.5, "seed": 0}
    layer, alone = (problem.layer(**rates, **BOTH) for _ in range(2))
    mask = np.tile(steps, (len(problem.x), 1))
    y, h, c = layer(problem.x, mask, problem.states, training=True)
    alone_y, alone_h, alone_c = alone(problem.x[:, steps], initial_state=problem.states, training=True)
    assert_close(y[:, steps], alone_y)
    assert_close(h, alone_h)
    assert_close(c, alone_c)


@given(problems(), st.data())
def test_masked_outputs_repeat_and_start_as_zeros_whatever_the_initial_state(problem, data):
    mask = masks(data, problem)
    y = problem.layer(return_sequences=True)(problem.x, mask, problem.states)
    before = np.zeros_like(y[:, 0])
    for t in range(y.shape[1]):
        assert (y[:, t][~mask[:, t]] == before[~mask[:, t]]).all()
        before = y[:, t]
    assert (problem.layer()(problem.x, mask, problem.states) == y[:, -1]).all()


@given(problems(), st.data())
def test_masked_steps_freeze_both_states(problem, data):
    mask = masks(data, problem)
    trace = problem.layer().trace(problem.x, mask, problem.states)
    h, c = problem.states
    for t in range(mask.shape[1]):
        skipped = ~mask[:, t]
        assert (trace.h[:, t][skipped] == h[skipped]).all()
        assert (trace.c[:, t][skipped] == c[skipped]).all()
        h, c = trace.h[:, t], trace.c[:, t]


@given(problems(), st.data())
def test_what_stands_at_a_masked_step_does_not_matter(problem, data):
    mask = masks(data, problem)
    garbage = np.where(mask[..., np.newaxis], problem.x, np.nan).astype(problem.x.dtype)
    layer = problem.layer(**BOTH)
    clean, spoiled = layer(problem.x, mask, problem.states), layer(garbage, mask, problem.states)
    assert all((a == b).all() for a, b in zip(clean, spoiled, strict=True))


@given(problems(), st.data())
def test_go_backwards_flips_the_mask_with_the_input(problem, data):
    mask = masks(data, problem)
    backwards = problem.layer(go_backwards=True, **BOTH)(problem.x, mask, problem.states)
    flipped = problem.layer(**BOTH)(problem.x[:, ::-1], mask[:, ::-1], problem.states)
    assert all((a == b).all() for a, b in zip(backwards, flipped, strict=True))


@given(problems(timesteps=2), st.data())
def test_masked_stateful_calls_keep_the_frozen_states(problem, data):
    mask = masks(data, problem)
    cut = data.draw(st.integers(1, mask.shape[1] - 1))
    _, h, c = problem.layer(return_state=True)(problem.x, mask)
    layer = problem.layer(stateful=True)
    layer(problem.x[:, :cut], mask[:, :cut])
    layer(problem.x[:, cut:], mask[:, cut:])
    assert_close(layer.states[0], h)
    assert_close(layer.states[1], c)
