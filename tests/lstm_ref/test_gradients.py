"""The gradients of the layer: against differences of the loss, closed forms of one unit, and other ways to say the same."""

import numpy as np
import pytest

from lstm_ref import LSTM, run_back, step_back
from lstm_ref.gradients import SLOPES

SETTINGS = {
    "last": {},
    "sequences": {"return_sequences": True},
    "backwards": {"return_sequences": True, "go_backwards": True},
    "no bias": {"use_bias": False},
    "relu": {"activation": "relu", "return_sequences": True},
    "linear": {"activation": None, "recurrent_activation": "hard_sigmoid"},
    "hard": {"recurrent_activation": "hard_sigmoid_keras2"},
    "sigmoid": {"activation": "sigmoid"},
}
MASKS = {
    "no mask": None,
    "late, gaps, never": np.array([[0, 1, 1, 1, 1], [1, 0, 1, 1, 0], [0, 0, 0, 0, 0]], dtype=bool),
}


def made(units: int = 4, features: int = 2, **options: object) -> LSTM:
    rng = np.random.default_rng(3)
    layer = LSTM(units, **options)
    arrays = [rng.normal(0, 0.6, (rows, 4 * units)) for rows in (features, units)]
    layer.set_weights([*arrays, *([rng.normal(0, 0.6, 4 * units)] if layer.use_bias else [])])
    return layer


def differences(loss, array: np.ndarray, step: float = 1e-6) -> np.ndarray:
    """Return dL/d of each number of an array, by changing one at a time in place."""
    found = np.zeros_like(array)
    for at in np.ndindex(array.shape):
        kept = array[at]
        array[at] = kept + step
        above = loss()
        array[at] = kept - step
        below = loss()
        array[at] = kept
        found[at] = (above - below) / (2 * step)
    return found


@pytest.mark.parametrize("mask", MASKS.values(), ids=MASKS)
@pytest.mark.parametrize("options", SETTINGS.values(), ids=SETTINGS)
def test_each_gradient_is_the_difference_that_its_number_makes(options: dict, mask: np.ndarray | None) -> None:
    layer, rng = made(return_state=True, **options), np.random.default_rng(4)
    x, h, c = rng.normal(size=(3, 5, 2)), rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    by = [rng.normal(size=array.shape) for array in layer(x, mask, [h, c])]
    found = layer.gradients(x, by[0], mask, [h, c], dh=by[1], dc=by[2])

    def loss() -> float:
        return sum((part * of).sum() for part, of in zip(layer(x, mask, [h, c]), by, strict=True))

    arrays = {"kernel": layer.kernel, "recurrent_kernel": layer.recurrent_kernel, "x": x, "h": h, "c": c}
    if layer.use_bias:
        arrays["bias"] = layer.bias
    else:
        assert found.bias is None
    for name, array in arrays.items():
        assert np.abs(getattr(found, name) - differences(loss, array)).max() < 1e-7, name


@pytest.mark.parametrize("activation", SLOPES, ids=lambda function: function.__name__)
def test_a_slope_is_the_difference_of_the_activation_where_it_is_flat_too(activation) -> None:
    z, step = np.array([-9, -4, -2.6, -1.2, -0.3, 0.3, 1.2, 2.6, 4, 9]), 1e-6
    difference = (activation(z + step) - activation(z - step)) / (2 * step)
    np.testing.assert_allclose(SLOPES[activation](activation(z)), difference, atol=1e-9)
    assert SLOPES[activation](activation(z.astype("float32"))).dtype == np.float32


def test_one_unit_over_one_step_in_closed_form() -> None:
    layer, x, h, c = made(1, 1), 0.7, 0.3, -0.4
    (k,), (r,), b = layer.get_weights()
    i, f, g, o = z = k * x + r * h + b
    i, f, o, g = 1 / (1 + np.exp(-i)), 1 / (1 + np.exp(-f)), 1 / (1 + np.exp(-o)), np.tanh(g)
    after = f * c + i * g
    by_c = o / np.cosh(after) ** 2
    by_z = [by_c * g * i * (1 - i), by_c * c * f * (1 - f), by_c * i / np.cosh(z[2]) ** 2, np.tanh(after) * o * (1 - o)]
    found = layer.gradients(
        np.full((1, 1, 1), x), np.ones((1, 1)), initial_state=[np.full((1, 1), h), np.full((1, 1), c)]
    )
    near = {"kernel": [np.multiply(by_z, x)], "recurrent_kernel": [np.multiply(by_z, h)], "bias": by_z}
    near |= {"x": [[[by_z @ k]]], "h": [[by_z @ r]], "c": [[by_c * f]]}
    for name, expected in near.items():
        np.testing.assert_allclose(getattr(found, name), expected, rtol=1e-13, err_msg=name)


def test_where_h_is_cut_c_comes_back_times_the_forget_gates() -> None:
    layer = made(3)
    layer.recurrent_kernel[:] = 0
    x, zero = np.random.default_rng(5).normal(size=(2, 6, 2)), np.zeros((2, 3))
    found = layer.gradients(x, dy=zero, dc=np.ones((2, 3)))
    np.testing.assert_allclose(found.c, layer.trace(x).f.prod(axis=1), rtol=1e-12)
    assert not found.h.any()


def test_dropout_is_that_of_the_run_whose_y_the_function_is_given() -> None:
    """The run is made again by a new layer of the same seed, and its numbers are changed one at a time."""
    layer = made(3, dropout=0.5, recurrent_dropout=0.4, seed=8, return_sequences=True)
    x, seen = np.random.default_rng(6).normal(size=(4, 5, 2)), []
    found = layer.gradients(x, lambda y: seen.append(y) or np.ones_like(y), training=True)
    dropped = (found.x == 0).all(axis=1, keepdims=True)
    assert dropped.any() and not dropped.all()

    again = made(3, dropout=0.5, recurrent_dropout=0.4, seed=8, return_sequences=True)
    np.testing.assert_array_equal(again(x, training=True), seen[0])

    def loss() -> float:
        fresh = made(3, dropout=0.5, recurrent_dropout=0.4, seed=8, return_sequences=True)
        for mine, changed in zip((fresh.kernel, fresh.recurrent_kernel, fresh.bias), layer.get_weights(), strict=True):
            mine[:] = changed
        return float(fresh(x, training=True).sum())

    for name, array in {"x": x, "kernel": layer.kernel, "recurrent_kernel": layer.recurrent_kernel}.items():
        assert np.abs(getattr(found, name) - differences(loss, array)).max() < 1e-7, name


def test_the_function_may_write_into_y() -> None:
    layer, x = made(return_sequences=True), np.random.default_rng(6).normal(size=(3, 5, 2))
    expected = layer.gradients(x, lambda y: 2 * y)
    for one, other in zip(layer.gradients(x, lambda y: np.multiply(y, 2, out=y)), expected, strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_gradient_of_a_stateful_layer_ends_at_the_states_it_kept_and_they_stay() -> None:
    layer, x = made(return_sequences=True, stateful=True), np.random.default_rng(7).normal(size=(3, 5, 2))
    layer(x)
    h, c = layer.states
    found = layer.gradients(x, np.ones((3, 5, 4)))
    assert all(a is b for a, b in zip(layer.states, (h, c), strict=True))
    same = made(return_sequences=True).gradients(x, np.ones((3, 5, 4)), initial_state=[h, c])
    for one, other in zip(found, same, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_batch_is_the_sum_of_its_rows_and_float32_stays_float32() -> None:
    layer, x = made(), np.random.default_rng(8).normal(size=(3, 5, 2))
    whole, rows = layer.gradients(x, np.ones((3, 4))), [layer.gradients(row[None], np.ones((1, 4))) for row in x]
    for name in ("kernel", "recurrent_kernel", "bias"):
        np.testing.assert_allclose(getattr(whole, name), sum(getattr(row, name) for row in rows), rtol=1e-12)
    narrow = layer.gradients(x.astype("float32"), np.ones((3, 4)))
    for one, other in zip(narrow, whole, strict=True):
        assert one.dtype == np.float32
        assert np.abs(one - other).max() < 1e-5 * np.abs(other).max()


def test_what_is_given_is_left_as_it_was() -> None:
    layer, x = made(go_backwards=True), np.random.default_rng(9).normal(size=(3, 5, 2))
    given = [
        x,
        np.ones((3, 4)),
        MASKS["late, gaps, never"].copy(),
        np.ones((3, 4)),
        np.ones((3, 4)),
        *layer.get_weights(),
    ]
    before = [array.copy() for array in given]
    found = layer.gradients(x, given[1], given[2], [given[3], given[4]], dh=given[3], dc=given[4])
    for array, kept in zip([*given[:5], *layer.get_weights()], before, strict=True):
        np.testing.assert_array_equal(array, kept)
    assert not any(np.shares_memory(array, other) for array in found for other in [*given, layer.kernel, layer.bias])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"dy": np.ones((3, 5, 4))}, r"dy has shape \(3, 5, 4\); expected \(3, 4\), that of y"),
        ({"dy": lambda y: y[0]}, r"dy has shape \(4,\); expected \(3, 4\)"),
        ({"dy": np.ones((3, 4)), "dc": np.ones(4)}, r"dc has shape \(4,\); expected \(3, 4\), that of c"),
    ],
)
def test_a_gradient_of_another_shape_is_refused(arguments: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        made().gradients(np.ones((3, 5, 2)), **arguments)


def test_other_mistakes_are_told() -> None:
    with pytest.raises(TypeError, match="dy has dtype int64"):
        made().gradients(np.ones((3, 5, 2)), np.ones((3, 4), int))
    with pytest.raises(
        ValueError,
        match=r"recurrent_activation is <ufunc .cos.>, whose slope is not known; gradients take one of tanh, sigmoid",
    ):
        made(recurrent_activation=np.cos).gradients(np.ones((3, 5, 2)), np.ones((3, 4)))


def test_a_step_back_and_a_run_back_look_at_what_they_are_given() -> None:
    layer, x, zero = made(), np.ones((3, 5, 2)), np.zeros((3, 4))
    trace, (kernel, recurrent_kernel, _) = layer.trace(x), layer.get_weights()
    new = type(trace)(*(values[:, 0] for values in trace))
    with pytest.raises(ValueError, match=r"c has shape \(4,\); expected \(3, 4\): dh \(3, 4\), dc \(3, 4\)"):
        step_back(zero, zero, zero[0], new, recurrent_kernel)
    with pytest.raises(ValueError, match="new is list; expected the Trace that step returned"):
        step_back(zero, zero, zero, [*new], recurrent_kernel)
    with pytest.raises(ValueError, match="activation is <ufunc 'cos'>, whose slope is not known"):
        step_back(zero, zero, zero, new, recurrent_kernel, np.cos)
    with pytest.raises(ValueError, match=r"dh has shape \(3, 4\); expected \(3, 5, 4\)"):
        run_back(zero, zero, x, zero, zero, trace, kernel, recurrent_kernel)
    with pytest.raises(ValueError, match=r"kernel has shape \(4, 16\)"):
        run_back(trace.h, zero, x, zero, zero, trace, recurrent_kernel, recurrent_kernel)
    with pytest.raises(TypeError, match="mask has dtype float64"):
        run_back(trace.h, zero, x, zero, zero, trace, kernel, recurrent_kernel, mask=np.ones((3, 5)))


def test_what_is_not_finite_goes_on_without_a_warning() -> None:
    """1e308 doubled by dropout is inf, and inf times a gate that is closed has no value."""
    gradients = LSTM(3, dropout=0.5, seed=0).gradients(np.full((2, 4, 2), 1e308), np.ones_like, training=True)
    assert np.isnan(gradients.kernel).any()
