"""What a stateful layer keeps from call to call."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_ref.examples import worked_input, worked_layer
from tests.lstm_ref.problems import assert_close, problems


@given(problems(timesteps=2), st.data())
def test_two_calls_go_on_like_one(problem, data):
    cut = data.draw(st.integers(1, problem.x.shape[1] - 1))
    whole = problem.layer(return_sequences=True, return_state=True)(problem.x)
    layer = problem.layer(return_sequences=True, return_state=True, stateful=True)
    first, _, _ = layer(problem.x[:, :cut])
    second, h, c = layer(problem.x[:, cut:])
    assert_close(np.concatenate([first, second], axis=1), whole[0])
    assert_close(h, whole[1])
    assert_close(c, whole[2])
    assert (layer.states[0] == h).all()
    assert (layer.states[1] == c).all()


@given(problems(timesteps=2), st.data())
def test_so_do_states_handed_on_by_hand(problem, data):
    cut = data.draw(st.integers(1, problem.x.shape[1] - 1))
    layer = problem.layer(return_state=True)
    _, *states = layer(problem.x[:, :cut])
    for a, b in zip(layer(problem.x[:, cut:], initial_state=states), layer(problem.x), strict=True):
        assert_close(a, b)


@given(problems())
def test_a_layer_that_is_not_stateful_starts_anew(problem):
    layer = problem.layer()
    assert (layer(problem.x) == layer(problem.x)).all()
    assert layer.states is None
    zeros = [np.zeros_like(state) for state in problem.states]
    assert (layer(problem.x, initial_state=zeros) == layer(problem.x)).all()


@given(problems())
def test_initial_state_goes_before_the_kept_states_and_is_gone_on_from(problem):
    plain, layer = problem.layer(return_state=True), problem.layer(return_state=True, stateful=True)
    layer(problem.x)
    once = layer(problem.x, initial_state=problem.states)
    assert all((a == b).all() for a, b in zip(once, plain(problem.x, initial_state=problem.states), strict=True))
    twice = plain(problem.x, initial_state=once[1:])
    assert all((a == b).all() for a, b in zip(layer(problem.x), twice, strict=True))


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("training", [False, True])
@given(problem=problems(), data=st.data())
def test_every_kind_of_call_keeps_the_states_that_it_returns(problem, data, backwards, masked, training):
    arguments = {"go_backwards": backwards, "return_state": True}
    layer = problem.layer(dropout=0.5, recurrent_dropout=0.5, stateful=True, **arguments)
    mask = data.draw(arrays(bool, problem.x.shape[:2])) if masked else None
    _, *states = layer(problem.x, mask, training=training)
    assert all((a == b).all() for a, b in zip(layer.states, states, strict=True))
    twice = problem.layer(**arguments)(problem.x, mask, states)
    assert all((a == b).all() for a, b in zip(layer(problem.x, mask), twice, strict=True))


@given(problems())
def test_reset_state_goes_back_to_zeros(problem):
    layer = problem.layer(stateful=True)
    first = layer(problem.x)
    layer.reset_state()
    assert [state.tolist() for state in layer.states] == [np.zeros_like(first).tolist()] * 2
    assert (layer(problem.x) == first).all()


def test_reset_state_before_the_first_call_does_nothing():
    layer = worked_layer(stateful=True)
    layer.reset_state()
    assert layer.states is None


@given(problems())
def test_trace_starts_from_the_kept_states_and_keeps_nothing(problem):
    layer = problem.layer(stateful=True, return_sequences=True)
    layer.trace(problem.x)
    assert layer.states is None
    layer(problem.x)
    kept = [state.copy() for state in layer.states]
    trace = layer.trace(problem.x)
    assert all((a == b).all() for a, b in zip(layer.states, kept, strict=True))
    assert (layer(problem.x) == trace.h).all()


@given(problems(batch=2))
def test_row_b_goes_on_from_row_b(problem):
    """Swapping the rows of both calls swaps the results; swapping those of the second only does not."""
    layer, swapped = problem.layer(stateful=True), problem.layer(stateful=True)
    layer(problem.x), swapped(problem.x[::-1])
    assert_close(swapped(problem.x[::-1]), layer(problem.x)[::-1])


def test_rows_keep_states_of_their_own():
    layer, x = worked_layer(stateful=True), worked_input()
    layer(x)
    goes_on = layer(x[::-1])
    layer.reset_state()
    layer(x[::-1])
    assert abs(goes_on - layer(x[::-1])).max() > 1e-3


@pytest.mark.parametrize("batch", [1, 3])
def test_another_batch_size_is_refused_even_after_a_reset(batch):
    layer, x = worked_layer(stateful=True), worked_input()
    layer(x)
    other = np.zeros((batch, *x.shape[1:]))
    for attempt in (layer, layer.trace):
        with pytest.raises(ValueError, match=f"batch size {batch}.*keeps the states of 2 rows"):
            attempt(other)
    layer.reset_state()
    with pytest.raises(ValueError, match="Pad the batch"):
        layer(other)
    assert worked_layer()(other).shape == (batch, 4)


def test_a_refused_call_changes_no_state():
    layer, x = worked_layer(stateful=True), worked_input()
    layer(x)
    kept = [state.copy() for state in layer.states]
    with pytest.raises(ValueError, match="mask has shape"):
        layer(x, mask=np.ones((2, 4), bool))
    assert all((a == b).all() for a, b in zip(layer.states, kept, strict=True))


@given(problems(), st.booleans())
def test_writing_to_results_or_initial_state_does_not_reach_the_kept_states(problem, return_sequences):
    layer = problem.layer(stateful=True, return_state=True, return_sequences=return_sequences)
    nothing = np.zeros(problem.x.shape[:2], bool)
    results = [*layer(problem.x, nothing, problem.states), *layer(problem.x)]
    kept = [state.copy() for state in layer.states]
    for array in (*results, *problem.states):
        array[...] = 9
    assert all((a == b).all() for a, b in zip(layer.states, kept, strict=True))
