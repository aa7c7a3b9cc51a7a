"""Conditions of sentences: a state that is NaN, a layer that reads backwards, images with the channels first, a mask in Keras 2."""

import warnings

import keras
import numpy as np
from common import attempt, difference, emit, on_backend

BACKENDS = ("tensorflow", "jax", "torch")

NUMPY = keras.ops.convert_to_numpy
X = np.random.default_rng(1).normal(size=(2, 5, 3)).astype("float32")


def nan_times_zero():
    """Row 0 of x holds NaN; its states are multiplied by 0: which rows of the states are NaN then?"""
    layer, x = keras.layers.LSTM(4, stateful=True), X.copy()
    x[0, 2] = np.nan
    layer(x)
    for state in layer.states:
        state.assign(NUMPY(state) * np.array([[0.0], [1.0]]))
    return [np.isnan(NUMPY(state)).any(axis=1).tolist() for state in layer.states]


def in_pieces(**arguments):
    """How far is the last of three calls on pieces from one call on all of x?"""
    layer, whole = keras.layers.LSTM(4, stateful=True, **arguments), keras.layers.LSTM(4, **arguments)
    for piece in (X[:, :2], X[:, 2:4], X[:, 4:]):
        last = layer(piece)
    whole.build(X.shape)
    whole.set_weights(layer.get_weights())
    return {"as-one-call": difference(NUMPY(last), NUMPY(whole(X))) < 1e-5}


def known_batch():
    """A stateful layer that has seen a batch of 2, then an Input that does not say how many rows come."""
    layer = keras.layers.LSTM(4, stateful=True)
    layer(X)
    return attempt(lambda: list(keras.Sequential([keras.Input((5, 3)), layer]).output_shape))


def behind_conv(package):
    x = X.copy()
    x[:, 3:] = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        package.Sequential([package.layers.Masking(), package.layers.Conv1D(3, 1), package.layers.LSTM(4)])(x)
    return {"warns": any("mask" in str(each.message) for each in caught)}


def weights(layer):
    layer.build((None, None, 1))
    return layer.count_params()


ran = on_backend(keras)
images = keras.layers.Conv2D(4, 3, data_format="channels_first")
facts = {
    "nan-times-zero": {"ran": ran, "rows": nan_times_zero()},
    "in-pieces": {"ran": ran, "forwards": in_pieces(), "backwards": in_pieces(go_backwards=True)},
    "known-batch": {"ran": ran, "output_shape": known_batch()},
    "channels-first": {"ran": ran, "shape": list(images.compute_output_shape((None, 1, 8, 8)))},
    "one-unit": {"ran": ran, "GRU": weights(keras.layers.GRU(1)), "LSTM": weights(keras.layers.LSTM(1))},
    "behind-conv": {"ran": ran} | behind_conv(keras),
}
if keras.config.backend() == "tensorflow":
    import tf_keras

    facts["behind-conv-keras-2"] = {"ran": ["tf_keras"]} | behind_conv(tf_keras)
emit(facts)
