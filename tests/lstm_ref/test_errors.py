"""Bad input: the right exception, and a message that names what came, what was expected and the fix."""

import numpy as np
import pytest

from lstm_ref import LSTM, activations, initializers

B, T, F, N = 2, 5, 3, 4
X = np.zeros((B, T, F))
KERNEL, RECURRENT_KERNEL, BIAS = WEIGHTS = [np.zeros((F, 4 * N)), np.zeros((N, 4 * N)), np.zeros(4 * N)]
H = C = np.zeros((B, N))


def layer(**arguments):
    built = LSTM(N, **arguments)
    built.build((None, None, F))
    return built


def refused(error, attempt, *parts):
    with pytest.raises(error) as caught:
        attempt()
    missing = [part for part in parts if part not in str(caught.value)]
    assert not missing, f"{missing} not in: {caught.value}"


@pytest.mark.parametrize(
    ("x", "parts"),
    [
        (X[0], ["(5, 3)", "(batch, timesteps, features)", "x[..., None]", "x[:, None, :]", "x[None]"]),
        (X[0, :, 0], ["(5,)", "(batch, timesteps, features)", "x[None, :, None]"]),
        (X[None], ["(1, 2, 5, 3)", "(batch, timesteps, features)", "x.reshape(batch, timesteps, -1)"]),
        (np.float64(1), ["()", "(batch, timesteps, features)"]),
        (X[:, :0], ["(2, 0, 3)", "at least one timestep"]),
        (X[..., :0], ["(2, 5, 0)", "one feature"]),
    ],
)
@pytest.mark.parametrize("a_layer", [layer(), LSTM(N)], ids=["built", "unbuilt"])
def test_x_of_the_wrong_shape(a_layer, x, parts):
    refused(ValueError, lambda: a_layer(x), *parts)
    refused(ValueError, lambda: a_layer.trace(x), *parts)


def test_wrong_number_of_features():
    parts = ["(2, 5, 7)", "7 features", "made for 3", "expected (batch, timesteps, 3)"]
    refused(ValueError, lambda: layer()(np.zeros((B, T, 7))), *parts)
    refused(ValueError, lambda: layer().trace(np.zeros((B, T, 7))), *parts)
    assert LSTM(N)(np.zeros((B, T, 7))).shape == (B, N)


def test_swapped_axes_are_only_suspected_where_swapping_helps():
    parts = ["(2, 3, 5)", "made for 3", "swapped", "x.transpose(0, 2, 1)"]
    refused(ValueError, lambda: layer()(X.transpose(0, 2, 1)), *parts)
    with pytest.raises(ValueError, match="made for 3") as caught:
        layer()(np.zeros((B, T, 7)))
    assert "swapped" not in str(caught.value)


@pytest.mark.parametrize("dtype", ["int32", "int64", "bool", "float16", "complex128", "object", "U3"])
def test_arrays_that_are_not_float32_or_float64(dtype):
    parts = [np.dtype(dtype).name if dtype != "U3" else "U3", "float32 or float64", "np.asarray("]
    refused(TypeError, lambda: layer()(X.astype(dtype)), "x has dtype", *parts)
    refused(TypeError, lambda: layer()(X, initial_state=[H, C.astype(dtype)]), "initial_state[1]", *parts)
    refused(TypeError, lambda: layer().set_weights([KERNEL.astype(dtype), *WEIGHTS[1:]]), "kernel has", *parts)


@pytest.mark.parametrize("units", [0, -1, np.int64(0)])
def test_units_that_are_not_positive(units):
    refused(ValueError, lambda: LSTM(units), f"units is {units}", "a positive integer", "LSTM(4)")


@pytest.mark.parametrize("units", [4.0, "4", True, np.True_, None, [4], np.array(4)])
def test_units_that_are_no_integer(units):
    refused(TypeError, lambda: LSTM(units), repr(units), type(units).__name__, "a positive integer", "LSTM(4)")


def test_integers_of_numpy_are_integers():
    assert LSTM(np.int64(4), seed=0)(X).shape == (B, 4)


@pytest.mark.parametrize("name", ["dropout", "recurrent_dropout"])
def test_dropout_that_is_no_fraction(name):
    for rate in (1, 1.5, -0.1, float("nan"), float("inf")):
        refused(ValueError, lambda rate=rate: LSTM(N, **{name: rate}), f"{name} is {rate}", "not including, 1")
    for rate in ("0.5", None, True, [0.5]):
        refused(TypeError, lambda rate=rate: LSTM(N, **{name: rate}), f"{name} is {rate!r}", "a number")


@pytest.mark.parametrize(
    ("weights", "parts"),
    [
        ([KERNEL[:2], RECURRENT_KERNEL, BIAS], ["kernel has shape (2, 16)", "expected (3, 16)"]),
        (
            [KERNEL[:, :4], RECURRENT_KERNEL, BIAS],
            ["kernel has shape (3, 4)", "expected (3, 16)", "4 * units = 16"],
        ),
        ([KERNEL, RECURRENT_KERNEL[:, :4], BIAS], ["recurrent_kernel has shape (4, 4)", "expected (4, 16)"]),
        ([KERNEL, RECURRENT_KERNEL, BIAS[:4]], ["bias has shape (4,)", "expected (16,)", "i | f | g | o"]),
        ([KERNEL, RECURRENT_KERNEL, BIAS[:, None]], ["bias has shape (16, 1)", "expected (16,)"]),
        (
            [KERNEL.T, RECURRENT_KERNEL, BIAS],
            ["kernel has shape (16, 3)", "expected (3, 16)", "Transposed", ".T"],
        ),
        ([KERNEL, RECURRENT_KERNEL.T, BIAS], ["recurrent_kernel has shape (16, 4)", "Transposed", "PyTorch"]),
        ([RECURRENT_KERNEL, KERNEL, BIAS], ["kernel has shape (4, 16)", "expected (3, 16)"]),
        (WEIGHTS[:2], ["2 arrays", "[kernel, recurrent_kernel, bias]"]),
        ([*WEIGHTS, BIAS], ["4 arrays", "[kernel, recurrent_kernel, bias]"]),
        ([], ["0 arrays", "[kernel, recurrent_kernel, bias]"]),
        (KERNEL, ["ndarray", "[kernel, recurrent_kernel, bias]"]),
        (None, ["NoneType", "[kernel, recurrent_kernel, bias]"]),
    ],
)
def test_weights_of_the_wrong_number_or_shape(weights, parts):
    built = layer(seed=0)
    before = built.get_weights()
    refused(ValueError, lambda: built.set_weights(weights), *parts)
    assert all((a == b).all() for a, b in zip(built.get_weights(), before, strict=True))


def test_weights_for_a_layer_without_bias():
    refused(
        ValueError,
        lambda: layer(use_bias=False).set_weights(WEIGHTS),
        "3 arrays",
        "[kernel, recurrent_kernel]",
        "use_bias=False",
    )


def test_weights_of_the_wrong_shape_for_a_layer_not_built():
    unbuilt = LSTM(N)
    refused(
        ValueError,
        lambda: unbuilt.set_weights([BIAS, RECURRENT_KERNEL, BIAS]),
        "kernel has shape (16,)",
        "16)",
    )
    refused(
        ValueError, lambda: unbuilt.set_weights([KERNEL[:, :8], RECURRENT_KERNEL, BIAS]), "(3, 8)", "(features, 16)"
    )
    refused(ValueError, unbuilt.get_weights, "no weights yet")


@pytest.mark.parametrize("name", ["get_weights", "count_params", "kernel", "recurrent_kernel", "bias"])
def test_weights_that_are_not_there_yet(name):
    def attempt():
        value = getattr(LSTM(N), name)
        return value() if callable(value) else value

    refused(
        ValueError,
        attempt,
        "no weights yet",
        "number of features",
        "build((None, None, features))",
        "set_weights",
    )


@pytest.mark.parametrize("shape", [(T, F), (B, T, None), (B, T, 0), (B, T, -1), (B, T, 3.0), (), (B, 1, T, F)])
def test_build_for_a_shape_that_is_none(shape):
    parts = [str(shape), "(batch, timesteps, features)", "positive number of features"]
    refused(ValueError, lambda: LSTM(N).build(shape), *parts)


@pytest.mark.parametrize("mask", [np.ones(T, bool), np.ones((T, B), bool), np.ones((B, T, 1), bool), True])
def test_mask_of_the_wrong_shape(mask):
    parts = [f"mask has shape {np.shape(mask)}", "(batch, timesteps) = (2, 5)", "(x != 0).any(axis=-1)"]
    refused(ValueError, lambda: layer()(X, mask=mask), *parts)
    refused(ValueError, lambda: layer().trace(X, mask=mask), *parts)


@pytest.mark.parametrize("dtype", ["int64", "float64", "uint8", "object"])
def test_mask_of_the_wrong_dtype(dtype):
    mask = np.ones((B, T), dtype)
    refused(TypeError, lambda: layer()(X, mask=mask), f"dtype {dtype}", "expected bool", "mask.astype(bool)")


def test_states_in_the_place_of_the_mask_are_recognised():
    """Keras 3 has the two in the other order, Keras 2 in this one."""
    states = [np.zeros((B, N))] * 2
    refused(TypeError, lambda: layer()(X, states), "(batch, timesteps)", "by name: initial_state=[h, c]")


def test_mask_may_be_a_list():
    mask = [[True, False, True, True, False]] * B
    assert (layer(seed=0)(X + 1, mask=mask) == layer(seed=0)(X + 1, mask=np.array(mask))).all()


@pytest.mark.parametrize(
    ("states", "parts"),
    [
        (H, ["ndarray", "[h, c]"]),
        (np.stack([H, C]), ["ndarray", "[h, c]"]),
        ([H], ["1 of them", "[h, c]"]),
        ([H, C, C], ["3 of them", "[h, c]"]),
        ([], ["0 of them", "[h, c]"]),
        ([H[:1], C], ["the h of initial_state has shape (1, 4)", "one row per sample", "np.zeros((2, 4))"]),
        ([H, C[:, :3]], ["the c of initial_state has shape (2, 3)", "np.zeros((2, 4))"]),
        ([H.T, C.T], ["the h of initial_state has shape (4, 2)"]),
        ([H[0], C[0]], ["the h of initial_state has shape (4,)"]),
    ],
)
def test_states_of_the_wrong_number_or_shape(states, parts):
    parts = [*parts, "(batch, units) = (2, 4)"]
    refused(ValueError, lambda: layer()(X, initial_state=states), *parts)
    refused(ValueError, lambda: layer().trace(X, initial_state=states), *parts)


@pytest.mark.parametrize("argument", ["activation", "recurrent_activation"])
def test_activations_that_are_not_known(argument):
    def give(value):
        return lambda: LSTM(N, **{argument: value})

    names = ", ".join(activations.NAMES)
    refused(ValueError, give("Tanh"), "'Tanh'", names, "did you mean 'tanh'?")
    refused(ValueError, give("sigmod"), "'sigmod'", names, "did you mean 'sigmoid'?")
    refused(ValueError, give("softmax"), "'softmax'", names, "pass a callable")
    refused(TypeError, give(5), "a name or a callable", "5", "int")


@pytest.mark.parametrize("argument", ["kernel_initializer", "recurrent_initializer", "bias_initializer"])
def test_initializers_that_are_not_known(argument):
    def give(value):
        return lambda: LSTM(N, **{argument: value})

    names = ", ".join(initializers.NAMES)
    refused(ValueError, give("glorot"), "'glorot'", names, "did you mean 'glorot_uniform'?")
    refused(ValueError, give("Zeros"), "'Zeros'", names, "did you mean 'zeros'?")
    refused(ValueError, give("lecun"), "'lecun'", names)
    for value in (None, True, [0.5]):
        refused(TypeError, give(value), "a name, a number or a callable", repr(value), type(value).__name__)


@pytest.mark.parametrize(
    ("argument", "parts"),
    [
        (
            "kernel_initializer",
            ["the initializer <function", "float64 of shape (3, 3)", "expected numbers of shape (3, 16)"],
        ),
        ("recurrent_initializer", ["the initializer <function", "shape (3, 3)", "expected numbers of shape (4, 16)"]),
    ],
)
def test_initializers_that_make_another_shape(argument, parts):
    refused(ValueError, lambda: layer(**{argument: lambda _: np.zeros((3, 3))}), *parts)


def test_a_refused_call_builds_nothing():
    unbuilt = LSTM(N)
    refused(ValueError, lambda: unbuilt(X, mask=np.ones((1, 1), bool)), "mask")
    refused(ValueError, unbuilt.get_weights, "no weights yet")
