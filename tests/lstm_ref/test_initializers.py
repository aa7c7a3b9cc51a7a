"""What a layer starts with."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_ref import LSTM
from lstm_ref.initializers import get, glorot_uniform, orthogonal

SIZES = st.integers(1, 12)
SEEDS = st.integers(0, 2**32 - 1)


def built(units=4, features=3, **arguments):
    layer = LSTM(units, **arguments)
    layer.build((None, None, features))
    return layer


@given(SIZES, SIZES, SEEDS)
def test_kernel_is_bounded_by_the_limit_of_the_fused_matrix(features, units, seed):
    limit = np.sqrt(6 / (features + 4 * units))
    assert abs(built(units, features, seed=seed).kernel).max() <= limit


def test_kernel_fills_its_range_evenly():
    features, units = 50, 100
    kernel = built(units, features, seed=0).kernel
    limit = np.sqrt(6 / (features + 4 * units))  # 0.1155; it would be 0.2 for each gate by itself
    assert abs(kernel).max() == pytest.approx(limit, rel=1e-3)
    assert abs(kernel).max() <= limit
    quarters, _ = np.histogram(kernel, bins=4, range=(-limit, limit))
    assert abs(quarters / kernel.size - 0.25).max() < 0.01


@given(SIZES, SEEDS)
def test_the_fused_recurrent_kernel_is_orthogonal(units, seed):
    recurrent_kernel = built(units, seed=seed).recurrent_kernel
    np.testing.assert_allclose(recurrent_kernel @ recurrent_kernel.T, np.eye(units), atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_its_blocks_are_not(seed):
    for block in np.split(built(seed=seed).recurrent_kernel, 4, axis=1):
        assert abs(block @ block.T - np.eye(4)).max() > 0.1


@given(SIZES, SIZES, SEEDS)
def test_orthogonal_of_any_shape(rows, columns, seed):
    q = orthogonal((rows, columns), np.random.default_rng(seed))
    assert q.shape == (rows, columns)
    product = q @ q.T if rows <= columns else q.T @ q
    np.testing.assert_allclose(product, np.eye(min(rows, columns)), atol=1e-12)


def test_orthogonal_is_spread_evenly():
    """Without the correction of signs, a QR decomposition favours one sign on the diagonal."""
    rng = np.random.default_rng(0)
    corners = np.array([orthogonal((3, 3), rng)[0, 0] for _ in range(1000)])
    assert abs((corners > 0).mean() - 0.5) < 0.05


@pytest.mark.parametrize("shape", [(3, 16), (16, 3)])
def test_glorot_limit_counts_rows_and_columns(shape):
    assert abs(glorot_uniform(shape, np.random.default_rng(0))).max() <= np.sqrt(6 / 19)


@pytest.mark.parametrize(("shape", "sides"), [((7,), 14), ((3, 4, 5), 8)])
def test_glorot_limit_of_other_shapes_counts_the_first_axis_and_the_last(shape, sides):
    drawn = [abs(glorot_uniform(shape, np.random.default_rng(seed))).max() for seed in range(200)]
    assert np.sqrt(6 / sides) * 0.99 < max(drawn) <= np.sqrt(6 / sides)


def test_default_bias_opens_the_forget_gate():
    assert built(2).bias.tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert built(2, unit_forget_bias=False).bias.tolist() == [0] * 8
    assert built(2, use_bias=False).bias is None


@pytest.mark.parametrize(("initializer", "value"), [("ones", 1.0), (0.03, 0.03), (-2, -2.0), (np.float32(0.5), 0.5)])
def test_forget_bias_is_one_whatever_fills_the_rest(initializer, value):
    assert built(2, bias_initializer=initializer).bias.tolist() == [value] * 2 + [1.0] * 2 + [value] * 4
    assert built(2, bias_initializer=initializer, unit_forget_bias=False).bias.tolist() == [value] * 8


def test_callables_are_given_the_shape():
    shapes = []

    def initializer(shape):
        shapes.append(shape)
        return np.arange(np.prod(shape), dtype=float).reshape(shape)

    arguments = {f"{name}_initializer": initializer for name in ("kernel", "recurrent", "bias")}
    layer = built(2, **arguments)
    assert shapes == [(3, 8), (2, 8), (2,), (4,)]
    assert layer.kernel.tolist() == np.arange(24.0).reshape(3, 8).tolist()
    assert layer.recurrent_kernel.tolist() == np.arange(16.0).reshape(2, 8).tolist()
    assert layer.bias.tolist() == [0, 1, 1, 1, 0, 1, 2, 3]
    assert built(2, **arguments, unit_forget_bias=False).bias.tolist() == list(range(8))


def test_a_callable_may_keep_its_array():
    kept = np.zeros((3, 16))
    layer = built(kernel_initializer=lambda _: kept)
    kept[...] = 9
    assert (layer.kernel == 0).all()


@pytest.mark.parametrize(("initializer", "value"), [("zeros", 0.0), ("ones", 1.0), (0.01, 0.01), (2, 2.0)])
def test_constants(initializer, value):
    layer = built(kernel_initializer=initializer, recurrent_initializer=initializer)
    assert (layer.kernel == value).all()
    assert (layer.recurrent_kernel == value).all()
    assert get(initializer, np.random.default_rng(0))((2, 3)).tolist() == [[value] * 3] * 2


def test_each_initializer_goes_to_its_own_array():
    layer = built(kernel_initializer=1, recurrent_initializer=2, bias_initializer=3)
    assert (layer.kernel == 1).all()
    assert (layer.recurrent_kernel == 2).all()
    assert layer.bias[0] == 3
    swapped = built(kernel_initializer="orthogonal", recurrent_initializer="glorot_uniform")
    np.testing.assert_allclose(swapped.kernel @ swapped.kernel.T, np.eye(3), atol=1e-12)


def test_a_seed_repeats_the_weights():
    first, again, other = (built(seed=seed).get_weights()[:2] for seed in (0, 0, 1))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert all((a != b).all() for a, b in zip(first, other, strict=True))
    unseeded = built().kernel, built().kernel
    assert (unseeded[0] != unseeded[1]).all()


@pytest.mark.parametrize("shape", [(4, 16), (16, 4), (5, 5)])
def test_an_orthogonal_matrix_is_the_q_of_numbers_that_were_drawn_with_a_positive_diagonal(shape):
    """The longer axis comes first in what is drawn, as in Keras: Q'A is then the triangle of A = QR."""
    drawn = np.random.default_rng(7).standard_normal(sorted(shape, reverse=True))
    q = orthogonal(shape, np.random.default_rng(7))
    r = (q if shape[0] >= shape[1] else q.T).T @ drawn
    np.testing.assert_allclose(r, np.triu(r), atol=1e-12)
    assert (np.diagonal(r) > 0).all()
