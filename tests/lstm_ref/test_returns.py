"""What a call and a trace give back, in which order and in which dtype."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_ref import LSTM, run, step
from tests.lstm_ref.problems import DTYPES, problems


@given(problems())
def test_run_repeats_step(problem):
    h, c = problem.states
    whole = run(problem.x, h, c, *problem.weights)
    for t in range(problem.x.shape[1]):
        once = step(problem.x[:, t], h, c, *problem.weights)
        for a, b in zip(whole, once, strict=True):
            np.testing.assert_allclose(a[:, t], b, rtol=1e-5, atol=1e-6)
        h, c = once.h, once.c


@given(problems(), st.booleans())
def test_trace_is_the_run_of_a_call(problem, backwards):
    arguments = {"return_sequences": True, "return_state": True, "go_backwards": backwards}
    layer = problem.layer(**arguments)
    trace = layer.trace(problem.x, initial_state=problem.states)
    y, h, c = layer(problem.x, initial_state=problem.states)
    assert (trace.h == y).all()
    assert (trace.h[:, -1] == h).all()
    assert (trace.c[:, -1] == c).all()


@given(problems())
def test_what_comes_out_last_is_h(problem):
    out, h, _ = problem.layer(return_state=True)(problem.x)
    sequence = problem.layer(return_sequences=True)(problem.x)
    assert (out == h).all()
    assert (sequence[:, -1] == h).all()
    assert (problem.layer()(problem.x) == out).all()


@given(problems(), st.booleans(), st.booleans())
def test_shapes(problem, return_sequences, return_state):
    batch, timesteps, _ = problem.x.shape
    layer = problem.layer(return_sequences=return_sequences, return_state=return_state)
    result = layer(problem.x)
    y, *states = result if return_state else (result,)
    assert y.shape == ((batch, timesteps, problem.units) if return_sequences else (batch, problem.units))
    assert [state.shape for state in states] == [(batch, problem.units)] * 2 * return_state
    assert all(array.shape == (batch, timesteps, problem.units) for array in layer.trace(problem.x))


@given(problems(), st.booleans())
def test_go_backwards_reads_the_flipped_input(problem, return_sequences):
    arguments = {"return_sequences": return_sequences, "return_state": True}
    backwards = problem.layer(go_backwards=True, **arguments)(problem.x, initial_state=problem.states)
    flipped = problem.layer(**arguments)(problem.x[:, ::-1], initial_state=problem.states)
    assert all((a == b).all() for a, b in zip(backwards, flipped, strict=True))


@pytest.mark.parametrize("activation", ["tanh", "relu", None])
@pytest.mark.parametrize("recurrent_activation", ["sigmoid", "hard_sigmoid", "hard_sigmoid_keras2"])
@given(problem=problems(), stateful=st.booleans(), masked=st.booleans())
def test_results_have_the_dtype_of_the_input(activation, recurrent_activation, problem, stateful, masked):
    layer = problem.layer(
        activation=activation,
        recurrent_activation=recurrent_activation,
        dropout=0.5,
        recurrent_dropout=0.5,
        return_state=True,
        stateful=stateful,
        seed=0,
    )
    other = np.float64 if problem.x.dtype == np.float32 else np.float32
    states = [state.astype(other) for state in problem.states]
    mask = np.ones(problem.x.shape[:2], bool) if masked else None
    results = [*layer(problem.x, mask, states, training=True), *layer(problem.x, mask)]
    results += layer.trace(problem.x, mask)
    assert {array.dtype for array in results} == {problem.x.dtype}


@given(problems(), st.sampled_from(DTYPES))
def test_a_stateful_layer_may_meet_another_dtype(problem, dtype):
    layer = problem.layer(stateful=True, return_state=True)
    for x in (problem.x, problem.x.astype(dtype)):
        assert {array.dtype for array in layer(x)} == {x.dtype}


@given(problems(dtypes=[np.float64]))
def test_float64_computes_in_float64(problem):
    kernel, recurrent_kernel, bias = problem.weights
    finer = problem.layer([kernel, recurrent_kernel, bias + 1e-9])  # less than float32 can tell apart
    assert (finer.trace(problem.x).f != problem.layer().trace(problem.x).f).all()


@given(problems(), st.booleans(), st.booleans())
def test_activations_are_given_the_dtype_of_the_input(problem, backwards, stateful):
    seen = set()

    def activation(z):
        seen.add(z.dtype)
        return np.tanh(z)

    arguments = {"dropout": 0.5, "recurrent_dropout": 0.5, "go_backwards": backwards, "stateful": stateful}
    layer = problem.layer(activation=activation, recurrent_activation=activation, **arguments)
    layer(problem.x, np.ones(problem.x.shape[:2], bool), problem.states, training=True)
    layer(problem.x)
    layer.trace(problem.x)
    assert seen == {problem.x.dtype}


@pytest.mark.parametrize(("dtype", "one"), [("float32", 0), ("float64", 1)])
def test_sums_are_rounded_to_the_dtype_of_the_input(dtype, one):
    """In float32 2**24 + 1 is 2**24: in what the gates hear, and in a cell state that grows by 1 at every step."""
    large = 2.0**24
    x, h, c = np.ones((1, 4, 2), dtype), np.zeros((1, 1), dtype), np.full((1, 1), large, dtype)
    layer = LSTM(1, activation="linear", recurrent_activation="linear")
    layer.set_weights([np.array([[large] * 4, [1.0] * 4]), np.zeros((1, 4)), np.full(4, -large)])
    assert all((gate == one).all() for gate in layer.trace(x)[:4])
    layer.set_weights([np.zeros((2, 4)), np.zeros((1, 4)), np.ones(4)])
    grown = layer.trace(x, initial_state=[h, c]).c - c
    assert grown.ravel().tolist() == [one * t for t in (1, 2, 3, 4)]


@given(problems())
def test_any_memory_layout_will_do(problem):
    layer, mirrored = problem.layer(), np.ascontiguousarray(problem.x[:, ::-1, ::-1])
    for x in (
        np.asfortranarray(problem.x),
        np.repeat(problem.x, 2, axis=2)[..., ::2],
        mirrored[:, ::-1, ::-1],
    ):
        assert (layer(x) == layer(problem.x)).all()


@given(problems(), st.booleans())
def test_what_goes_in_is_not_written_to(problem, backwards):
    layer = problem.layer(go_backwards=backwards, dropout=0.5, recurrent_dropout=0.5, stateful=True)
    mask = np.ones(problem.x.shape[:2], bool)
    for array in (problem.x, mask, *problem.states):
        array.setflags(write=False)
    layer(problem.x, mask, problem.states, training=True)
    layer.trace(problem.x, mask, problem.states)
