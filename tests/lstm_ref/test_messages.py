"""The words of each error, whole: what came, what was expected, and the likely fix."""

import numpy as np
import pytest

from lstm_ref import (
    LSTM,
    _arguments,
    activations,
    diagonal_blocks,
    initializers,
    one_unit,
    run,
    run_back,
    step,
    step_back,
    step_jacobian,
    unit_columns,
)

X = np.zeros((2, 5, 3))
H = C = np.zeros((2, 4))
KERNEL, RECURRENT_KERNEL, BIAS = WEIGHTS = [np.zeros((3, 16)), np.zeros((4, 16)), np.zeros(16)]
RNG = np.random.default_rng(0)
LIST = "(batch, timesteps, features)"
FITS = (
    "expected x (batch, features), h and c (batch, units), kernel (features, 4 * units), "
    "recurrent_kernel (units, 4 * units), bias (4 * units,); got "
)
HUGE = np.full((2, 4), 1e300)
NEW = step(X[:, 0], H, C, *WEIGHTS)


def failing(_):
    raise KeyError("no")


def words(_):
    return "no"


def ragged(_):
    return [[1.0], [1.0, 2.0]]


def zeros(_):
    return np.zeros((1, 1), "c8")


def large(given):
    return np.full(given.shape, 1e300)


class Mute:
    def __repr__(self):
        raise KeyError

    def __array__(self, dtype=None, copy=None):
        raise OverflowError("no")


class Failing:
    def __repr__(self):
        return "<Failing>"

    def __call__(self, _):
        raise KeyError("no")


def layer(**arguments):
    made = LSTM(4, **arguments)
    made.set_weights(WEIGHTS)
    return made


def kept():
    made = layer(stateful=True, activation=None)
    made(X, initial_state=[H, HUGE])
    return made


MESSAGES = [
    (lambda: LSTM(4.5), TypeError, "units is 4.5 of type float; expected a positive integer. units is how many numbers h holds at each timestep, e.g. LSTM(4)"),
    (lambda: LSTM(-3), ValueError, "units is -3; expected a positive integer up to 268435456: a layer has at least one unit, e.g. LSTM(4)"),
    (lambda: LSTM(2**28 + 1), ValueError, "units is 268435457; expected a positive integer up to 268435456: a layer has at least one unit, e.g. LSTM(4)"),
    (lambda: LSTM(10**5000), ValueError, "units is <no repr of int>; expected a positive integer up to 268435456: a layer has at least one unit, e.g. LSTM(4)"),
    (lambda: LSTM("4" * 300), TypeError, "units is '" + "4" * 199 + "... of type str; expected a positive integer. units is how many numbers h holds at each timestep, e.g. LSTM(4)"),
    (lambda: LSTM(Mute()), TypeError, "units is <no repr of Mute> of type Mute; expected a positive integer. units is how many numbers h holds at each timestep, e.g. LSTM(4)"),
    (lambda: unit_columns(4, 1.0), TypeError, "j is 1.0 of type float; expected a unit, a whole number from 0"),
    (lambda: unit_columns(4, 4), IndexError, "there is no unit 4: a layer with 4 units has units 0 to 3"),
    (lambda: LSTM(4, dropout="x"), TypeError, "dropout is 'x'; expected a number from 0 (none) up to, but not including, 1"),
    (lambda: LSTM(4, recurrent_dropout=1), ValueError, "recurrent_dropout is 1; expected the fraction to drop, from 0 (none) up to, but not including, 1"),
    (lambda: LSTM(4, stateful=1), TypeError, "stateful is 1 of type int; expected True or False"),
    (lambda: layer()(X, training="False"), TypeError, "training is 'False' of type str; expected True or False"),
    (lambda: LSTM(4, seed=1.5), TypeError, "seed is 1.5 of type float; expected a whole number or None"),
    (lambda: LSTM(4, seed=True), TypeError, "seed is True of type bool; expected a whole number or None"),
    (lambda: LSTM(4, seed=-1), ValueError, "seed is -1; expected a whole number from 0 up, or None"),
    (lambda: LSTM(4).build([2, 5]), ValueError, f"input_shape is (2, 5); expected {LIST} with a positive number of features up to 268435456; batch and timesteps may be None"),
    (lambda: initializers.orthogonal((2, 0), RNG), ValueError, "shape is (2, 0); expected positive integers up to 268435456, as in (features, 4 * units)"),
    (lambda: initializers.orthogonal((2,), RNG), ValueError, "orthogonal is for a matrix; the shape of the bias is (2,)"),
    (lambda: initializers.get("zeros", 3), TypeError, "rng is 3 of type int; expected one of np.random.default_rng(seed)"),
    (lambda: initializers.get("zero", RNG), ValueError, "initializer 'zero' is not known; the names are glorot_uniform, orthogonal, zeros, ones; did you mean 'zeros'?"),
    (lambda: initializers.get("lecun", RNG), ValueError, "initializer 'lecun' is not known; the names are glorot_uniform, orthogonal, zeros, ones"),
    (lambda: initializers.get([1], RNG), TypeError, "an initializer is a name, a number or a callable that takes a shape; got [1] of type list"),
    (lambda: initializers.get(10**400, RNG), ValueError, f"an initializer is 1{'0' * 199}...; expected a number that float64 holds"),
    (lambda: activations.get("sigmoids"), ValueError, "activation 'sigmoids' is not known; the names are tanh, sigmoid, hard_sigmoid, hard_sigmoid_keras2, relu, linear; did you mean 'sigmoid'?"),
    (lambda: activations.get("softmax"), ValueError, "activation 'softmax' is not known; the names are tanh, sigmoid, hard_sigmoid, hard_sigmoid_keras2, relu, linear; for another function pass a callable"),
    (lambda: activations.get(5), TypeError, "an activation is a name or a callable; got 5 of type int"),
    (lambda: layer()(np.ma.zeros((2, 5, 3))), TypeError, "x is a masked array, whose mask would be ignored; pass x.data, and for x a mask="),
    (lambda: layer()([[1.0], [1.0, 2.0]]), ValueError, "x is no array: its rows differ in length or depth. Pad them, and pass a mask"),
    (lambda: diagonal_blocks([[1.0], [1.0, 2.0]]), ValueError, "recurrent_kernel is no array: its rows differ in length or depth"),
    (lambda: layer()(Mute()), TypeError, "x is <no repr of Mute> of type Mute, which NumPy makes no array of: 'no'; expected an array"),
    (lambda: layer()(X.astype(int)), TypeError, 'x has dtype int64; expected float32 or float64. Convert it: np.asarray(x, dtype="float32")'),
    (lambda: layer()(X.astype("f4"), initial_state=[H, HUGE]), ValueError, "the c of initial_state has 1e+300, too large for float32; expected at most 3.4028234663852886e+38. A call computes in the dtype of x: for larger numbers pass x in float64"),
    (lambda: layer()(X.astype("f4"), initial_state=[-HUGE, C]), ValueError, "the h of initial_state has -1e+300, too large for float32; expected at most 3.4028234663852886e+38. A call computes in the dtype of x: for larger numbers pass x in float64"),
    (lambda: kept()(X.astype("f4")), ValueError, "a kept state has 1.5625e+298, too large for float32; expected at most 3.4028234663852886e+38. A call computes in the dtype of x: for larger numbers pass x in float64"),
    (lambda: layer(activation=large)(X.astype("f4")), ValueError, f"what the activation {large} returned has 1e+300, too large for float32; expected at most 3.4028234663852886e+38. A call computes in the dtype of x: for larger numbers pass x in float64"),
    (lambda: layer(activation=failing)(X), ValueError, f"the activation {failing} raised KeyError: \"'no'\"; expected an array of shape (2, 4)"),
    (lambda: LSTM(4, kernel_initializer=Failing())(X), ValueError, "the initializer <Failing> raised KeyError: \"'no'\"; expected an array of shape (3, 16)"),
    (lambda: layer(recurrent_activation=words)(X), ValueError, f"the activation {words} returned <U2 of shape (); expected floats of shape (2, 4)"),
    (lambda: LSTM(4, bias_initializer=zeros)(X), ValueError, f"the initializer {zeros} returned complex64 of shape (1, 1); expected numbers of shape (4,)"),
    (lambda: step(X[:, 0], H, C, *WEIGHTS[:2], BIAS[:3]), ValueError, f"bias has shape (3,); {FITS}x (2, 3), h (2, 4), c (2, 4), kernel (3, 16), recurrent_kernel (4, 16), bias (3,)"),
    (lambda: step(1.0, 1.0, C, *WEIGHTS), ValueError, f"x has shape (); {FITS}x (), h (), c (2, 4), kernel (3, 16), recurrent_kernel (4, 16), bias (16,)"),
    (lambda: step_jacobian(X[0, 0], H[0], C, *WEIGHTS), ValueError, "c has shape (2, 4); expected one sample, no batch axis: c[0]"),
    (lambda: LSTM("4" * 198), TypeError, "units is '" + "4" * 198 + "' of type str; expected a positive integer. units is how many numbers h holds at each timestep, e.g. LSTM(4)"),
    (lambda: LSTM("4" * 199), TypeError, "units is '" + "4" * 199 + "... of type str; expected a positive integer. units is how many numbers h holds at each timestep, e.g. LSTM(4)"),
    (lambda: layer()([[[[np.ma.zeros(1)]]]]), ValueError, f"x has shape (1, 1, 1, 1, 1); an LSTM layer takes {LIST}. More axes per step? x.reshape(batch, timesteps, -1)"),
    (lambda: layer(activation=ragged)(X), ValueError, f"what the activation {ragged} returned is no array: its rows differ in length or depth"),
    (lambda: step_back(H[0, 0], C, C, NEW, RECURRENT_KERNEL), ValueError, "dh has shape (); expected (4,): dh (), dc (2, 4), c (2, 4), recurrent_kernel (4, 16)"),
    (lambda: step_back(H, H, C[0], NEW, RECURRENT_KERNEL), ValueError, "c has shape (4,); expected (2, 4): dh (2, 4), dc (2, 4), c (4,), recurrent_kernel (4, 16)"),
    (lambda: step_back(H, H, C, NEW, KERNEL), ValueError, "recurrent_kernel has shape (3, 16); expected (units, 4 * units)"),
    (lambda: step_back(H, H, C, [*NEW], RECURRENT_KERNEL), ValueError, "new is list; expected the Trace that step returned"),
    (lambda: step_back(H, H, C, NEW._replace(o=H > 0), RECURRENT_KERNEL), TypeError, 'new.o has dtype bool; expected float32 or float64. Convert it: np.asarray(new.o, dtype="float32")'),
    (lambda: step_back(H, H, C, NEW._replace(c=C[:1]), RECURRENT_KERNEL), ValueError, "new.c has shape (1, 4); expected (2, 4)"),
    (lambda: run_back(H, C, X, H, C, NEW, KERNEL, RECURRENT_KERNEL), ValueError, "trace.i has shape (2, 4); expected (2, 5, 4)"),
    (lambda: run(X, H, C, *WEIGHTS, recurrent_dropout_mask=H.T), ValueError, "recurrent_dropout_mask has shape (4, 2); expected that of h, (2, 4)"),
    (lambda: layer()(X[0]), ValueError, f"x has shape (5, 3); an LSTM layer takes {LIST}. One feature per step? x[..., None]. One step of several features? x[:, None, :]. One sample? x[None]"),
    (lambda: layer()(X[0, 0]), ValueError, f"x has shape (3,); an LSTM layer takes {LIST}. One series of one feature? x[None, :, None]"),
    (lambda: layer()(1.0), ValueError, f"x has shape (), one number; an LSTM layer takes {LIST}. One step of one feature? np.reshape(x, (1, 1, 1))"),
    (lambda: layer()(X[None]), ValueError, f"x has shape (1, 2, 5, 3); an LSTM layer takes {LIST}. More axes per step? x.reshape(batch, timesteps, -1)"),
    (lambda: layer()(X[:, :0]), ValueError, f"x has shape (2, 0, 3); an LSTM layer takes {LIST}, with at least one timestep and one feature"),
    (lambda: layer()(X[..., :2]), ValueError, "x has shape (2, 5, 2): 2 features per step, but the kernel was made for 3; expected (batch, timesteps, 3)"),
    (lambda: layer()(X.transpose(0, 2, 1)), ValueError, "x has shape (2, 3, 5): 5 features per step, but the kernel was made for 3; expected (batch, timesteps, 3). Are timesteps and features swapped? x.transpose(0, 2, 1)"),
    (lambda: layer()(X, X), TypeError, "mask has shape (2, 5, 3) and dtype float64; expected (batch, timesteps), bool. Are these the states? Pass them by name: initial_state=[h, c]"),
    (lambda: layer()(X, H), TypeError, "mask has dtype float64; expected bool, True where a step counts. Convert it: mask.astype(bool)"),
    (lambda: layer()(X, H > 0), ValueError, "mask has shape (2, 4); expected (batch, timesteps) = (2, 5), one value per step. From padded input: mask = (x != 0).any(axis=-1)"),
    (lambda: layer()(X, initial_state=H), ValueError, "initial_state is ndarray; expected two arrays [h, c], each (batch, units) = (2, 4)"),
    (lambda: layer()(X, initial_state=[H]), ValueError, "initial_state is 1 of them; expected two arrays [h, c], each (batch, units) = (2, 4)"),
    (lambda: layer()(X, initial_state=[H, C[:1]]), ValueError, "the c of initial_state has shape (1, 4); expected (batch, units) = (2, 4): one row per sample. From nothing: np.zeros((2, 4))"),
    (lambda: layer()(X, initial_state=[None, C]), TypeError, 'initial_state[0] has dtype object; expected float32 or float64. Convert it: np.asarray(initial_state[0], dtype="float32")'),
    (lambda: layer().set_weights(KERNEL), ValueError, "weights are ndarray; expected a list [kernel, recurrent_kernel, bias]"),
    (lambda: LSTM(4, use_bias=False).set_weights(WEIGHTS), ValueError, "weights are 3 arrays; expected a list [kernel, recurrent_kernel] (use_bias=False)"),
    (lambda: layer().set_weights([KERNEL[:2], *WEIGHTS[1:]]), ValueError, "kernel has shape (2, 16); expected (3, 16): units=4 gives 4 * units = 16 columns in blocks i | f | g | o"),
    (lambda: LSTM(4).set_weights([KERNEL[0], *WEIGHTS[1:]]), ValueError, "kernel has shape (16,); expected (features, 16): units=4 gives 4 * units = 16 columns in blocks i | f | g | o"),
    (lambda: LSTM(4).set_weights([KERNEL.T, *WEIGHTS[1:]]), ValueError, "kernel has shape (16, 3); expected (features, 16): units=4 gives 4 * units = 16 columns in blocks i | f | g | o. Transposed, as PyTorch keeps it? Pass its .T"),
    (lambda: layer().set_weights([KERNEL, RECURRENT_KERNEL.T, BIAS]), ValueError, "recurrent_kernel has shape (16, 4); expected (4, 16): units=4 gives 4 * units = 16 columns in blocks i | f | g | o. Transposed, as PyTorch keeps it? Pass its .T"),
    (lambda: layer().set_weights([KERNEL, RECURRENT_KERNEL, BIAS[:4]]), ValueError, "bias has shape (4,); expected (16,): units=4 gives 4 * units = 16 columns in blocks i | f | g | o"),
    (lambda: diagonal_blocks(KERNEL), ValueError, "recurrent_kernel has shape (3, 16); expected (units, 4 * units)"),
    (lambda: one_unit([KERNEL], 0), ValueError, "weights are 1 arrays; expected a list [kernel, recurrent_kernel, bias], or without bias"),
    (lambda: one_unit(KERNEL, 0), ValueError, "weights are ndarray; expected a list [kernel, recurrent_kernel, bias], or without bias"),
    (lambda: layer().build((2, 5, 4)), ValueError, "build got 4 features, but this LSTM has weights for 3; make a new layer for other inputs"),
    (LSTM(4).get_weights, ValueError, "this LSTM has no weights yet, because it does not know the number of features; call it on an input, or build((None, None, features)), or set_weights"),
    (lambda: kept()(X[:1]), ValueError, "x has batch size 1; this stateful LSTM keeps the states of 2 rows, and row b of a call goes on from row b of the call before. Pad the batch, or make a new layer with set_weights"),
    *((lambda k=k: layer().set_weights([*WEIGHTS[:k], np.ma.masked, *WEIGHTS[k + 1 :]]), TypeError, f"{name} is a masked array, whose mask would be ignored; pass {name}.data, and for x a mask=") for k, name in enumerate(["kernel", "recurrent_kernel", "bias"])),
    *((lambda f=f: f("a"), TypeError, 'x has dtype <U1; expected float32 or float64. Convert it: np.asarray(x, dtype="float32")') for f in [*activations.NAMES.values(), activations.get(np.exp)]),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "error", "message"), MESSAGES)
def test_the_words_of_an_error(attempt, error, message):
    with pytest.raises(error) as caught:
        attempt()
    assert type(caught.value) is error
    assert str(caught.value) == message


def test_the_words_of_the_layer():
    assert repr(LSTM(4)) == "LSTM(units=4)"
    assert repr(LSTM(4, activation=np.tanh).activation) == "<ufunc 'tanh'>"


def test_a_name_is_found_for_what_is_its_function():
    for name, function in activations.NAMES.items():
        assert activations.get(function) is activations.get(name) is function


@pytest.mark.parametrize("name", ["kernel", "recurrent_kernel", "bias"])
def test_a_weight_that_float32_does_not_hold_is_named(name):
    made = layer()
    getattr(made, name)[..., 0] = 1e300
    with pytest.raises(ValueError, match=f"^{name} has 1e"):
        made(X.astype("f4"))


def test_the_largest_sizes_that_are_taken():
    """No array of them is made: it would have gigabytes."""
    assert LSTM(2**28).units == 2**28
    assert _arguments.check_shape([2**28, 1]) == (2**28, 1)
    assert _arguments.check_input_shape((0, 0, 2**28)) == 2**28
