"""Misuse that NumPy would let pass, or meet with a message that does not help."""

import pickle
from inspect import signature

import numpy as np
import pytest

from lstm_ref import LSTM, diagonal_blocks, step_jacobian

X = np.ones((2, 5, 3))
FLAGS = [name for name, parameter in signature(LSTM).parameters.items() if isinstance(parameter.default, bool)]


def built(**arguments):
    layer = LSTM(4, seed=0, **arguments)
    layer.build((None, None, 3))
    return layer


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_activation_may_work_in_place(dtype):
    x = X.astype(dtype)
    inplace = built(activation=lambda z: np.tanh(z, out=z), return_state=True)
    assert all((a == b).all() for a, b in zip(inplace(x), built(return_state=True)(x), strict=True))


def test_activation_of_another_dtype_is_cast():
    assert built(activation=lambda z: np.tanh(z.astype("f8")))(X.astype("f4")).dtype == np.float32


@pytest.mark.parametrize("activation", [lambda z: z[:, :1], lambda z: z.sum(), lambda z: 0.5, lambda z: None])
def test_activation_of_another_shape_is_refused(activation):
    with pytest.raises((ValueError, TypeError), match="activation"):
        built(activation=activation)(X)


def test_masked_array_is_refused():
    with pytest.raises(TypeError, match="mask="):
        built()(np.ma.masked_array(X, mask=X > 0))


def test_jacobian_of_a_batch_is_refused():
    with pytest.raises(ValueError, match="one sample"):
        step_jacobian(X[:, 0], np.zeros((2, 4)), np.zeros((2, 4)), *built().get_weights())


@pytest.mark.parametrize("spoiled", [np.nan, np.inf])
def test_diagonal_blocks_drop_what_is_not_finite(spoiled):
    with np.errstate(all="ignore"):
        assert (diagonal_blocks(np.full((2, 8), spoiled))[0, 1::2] == 0).all()


def test_y_and_h_are_two_arrays():
    y, h, _ = built(return_state=True)(X)
    h[...] = 9
    assert (y != 9).all()


def test_build_takes_integers_of_numpy_and_no_bool():
    LSTM(4).build((None, None, np.int64(3)))
    for shape in (3, None, (2, 5, True)):
        with pytest.raises((ValueError, TypeError), match=r"expected .batch, timesteps, features"):
            LSTM(4).build(shape)


def test_kernel_without_rows_is_refused():
    with pytest.raises(ValueError, match="kernel has shape"):
        LSTM(4).set_weights([np.zeros((0, 16)), np.zeros((4, 16)), np.zeros(16)])


def test_transposed_kernel_for_a_layer_not_built_is_named():
    with pytest.raises(ValueError, match=r"kernel has shape.*Transposed"):
        LSTM(4).set_weights([np.zeros((16, 3)), np.zeros((16, 4)), np.zeros(16)])


def test_ragged_lists_are_named():
    with pytest.raises((TypeError, ValueError), match=r"^x "):
        built()([[[1.0, 2.0, 3.0], [1.0]]])


@pytest.mark.parametrize("initializer", ["orthogonal", lambda shape: np.zeros((shape[0], 1))])
def test_bias_initializer_of_another_shape(initializer):
    with pytest.raises(ValueError, match=r"the bias is \(4,\)|expected numbers of shape \(4,\)"):
        built(bias_initializer=initializer)


@pytest.mark.parametrize("flag", FLAGS)
def test_a_flag_is_a_bool(flag):
    with pytest.raises(TypeError, match=f"^{flag} is 'False'"):
        LSTM(4, **{flag: "False"})


def test_negative_seed_is_refused():
    with pytest.raises(ValueError, match="seed"):
        LSTM(4, seed=-1)


def test_a_layer_can_be_pickled():
    layer = built()
    assert (pickle.loads(pickle.dumps(layer))(X) == layer(X)).all()
