"""Weights: which shapes, whose they are, and which columns belong to a unit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_ref import LSTM, diagonal_blocks, one_unit, unit_columns
from tests.lstm_ref.problems import problems

SIZES = st.integers(1, 40)


@pytest.mark.parametrize(
    ("features", "units", "count"),
    # The last three are numbers that people asked about in forums.
    [(1, 1, 12), (3, 4, 128), (4, 3, 96), (1, 3, 60), (1, 9, 396), (4096, 256, 4_457_472)],
)
def test_known_parameter_counts(features, units, count):
    layer = LSTM(units, kernel_initializer="zeros", recurrent_initializer="zeros")
    layer.build((None, None, features))
    assert layer.count_params() == count


@given(SIZES, SIZES)
def test_four_gates_each_hear_features_units_and_a_bias(features, units):
    layer = LSTM(units)
    layer.build((None, None, features))
    assert [a.shape for a in layer.get_weights()] == [(features, 4 * units), (units, 4 * units), (4 * units,)]
    assert layer.count_params() == 4 * units * (features + units + 1)
    without = LSTM(units, use_bias=False)
    without.build((None, None, features))
    assert without.count_params() == 4 * units * (features + units)


@given(problems())
def test_the_first_call_builds(problem):
    x, units = problem.x, problem.units
    called, traced, built = (LSTM(units, seed=0) for _ in range(3))
    y, h = called(x), traced.trace(x).h
    built.build(x.shape)
    assert (built(x) == y).all()
    assert (built.trace(x).h == h).all()
    assert called.kernel.shape == (x.shape[2], 4 * units)


def test_a_layer_that_has_weights_keeps_them():
    layer = LSTM(2)
    layer.set_weights([np.full((3, 8), 0.1), np.full((2, 8), 0.2), np.full(8, 0.3)])
    layer.build((None, None, 3))
    assert [float(array.max()) for array in layer.get_weights()] == [0.1, 0.2, 0.3]
    with pytest.raises(ValueError, match="build got 5 features, but this LSTM has weights for 3"):
        layer.build((None, None, 5))


@given(problems())
def test_set_weights_builds_and_get_weights_gives_back(problem):
    layer = LSTM(problem.units)
    layer.set_weights(problem.weights)
    for a, b in zip(layer.get_weights(), problem.weights, strict=True):
        assert a.dtype == np.float64
        assert (a == b).all()
    for a, b in zip([layer.kernel, layer.recurrent_kernel, layer.bias], problem.weights, strict=True):
        assert (a == b).all()
    other = LSTM(problem.units)
    other.set_weights(layer.get_weights())
    assert (other(problem.x) == layer(problem.x)).all()


@given(problems())
def test_weights_are_copied_in_and_out(problem):
    layer = problem.layer()
    before = layer(problem.x)
    for array in (*problem.weights, *layer.get_weights()):
        array[...] = 9
    assert (layer(problem.x) == before).all()


@given(problems())
def test_kernel_recurrent_kernel_and_bias_are_the_layers_own_arrays(problem):
    layer, changed = problem.layer(), [array / 2 for array in problem.weights]
    for own, array in zip([layer.kernel, layer.recurrent_kernel, layer.bias], changed, strict=True):
        own[...] = array
    assert all((a == b).all() for a, b in zip(layer.get_weights(), changed, strict=True))
    assert (layer(problem.x) == problem.layer(changed)(problem.x)).all()


@given(problems())
def test_a_call_does_not_change_weights(problem):
    layer = problem.layer(stateful=True, dropout=0.5, recurrent_dropout=0.5)
    layer(problem.x, training=True)
    assert all((a == b).all() for a, b in zip(layer.get_weights(), problem.weights, strict=True))


@given(SIZES)
def test_every_column_belongs_to_one_unit(units):
    columns = [unit_columns(units, j) for j in range(units)]
    assert sorted(column for own in columns for column in own) == list(range(4 * units))
    for j, own in enumerate(columns):
        assert [divmod(column, units) for column in own] == [(gate, j) for gate in range(4)]


@given(problems())
def test_one_unit_takes_the_columns_of_that_unit(problem):
    kernel, recurrent_kernel, bias = problem.weights
    for j in range(problem.units):
        own = one_unit(problem.weights, j)
        assert [a.shape for a in own] == [(len(kernel), 4), (1, 4), (4,)]
        for gate in range(4):
            column = gate * problem.units + j
            assert (own[0][:, gate] == kernel[:, column]).all()
            assert own[1][0, gate] == recurrent_kernel[j, column]
            assert own[2][gate] == bias[column]
        assert len(one_unit(problem.weights[:2], j)) == 2


@given(problems())
def test_diagonal_blocks_keep_what_a_unit_says_to_itself(problem):
    recurrent_kernel = problem.weights[1]
    kept = diagonal_blocks(recurrent_kernel)
    assert kept.dtype == recurrent_kernel.dtype
    for block, original in zip(np.split(kept, 4, axis=1), np.split(recurrent_kernel, 4, axis=1), strict=True):
        assert (block == np.diag(np.diagonal(original))).all()


@pytest.mark.parametrize("j", [-1, 4])
def test_there_is_no_unit_beyond_the_last(j):
    for attempt in (lambda: unit_columns(4, j), lambda: one_unit([np.ones((3, 16)), np.ones((4, 16))], j)):
        with pytest.raises(IndexError, match=f"no unit {j}: a layer with 4 units has units 0 to 3"):
            attempt()


def test_diagonal_blocks_want_four_of_them():
    with pytest.raises(ValueError, match=r"\(16, 4\); expected \(units, 4 \* units\)"):
        diagonal_blocks(np.ones((16, 4)))
