"""What each system takes and returns: shapes of one layer, by default and with the batch and time axes in the other order."""

import jax
import keras
import numpy as np
import onnxruntime
import tensorflow as tf
import tf_keras
import torch
from common import emit, onnx_run
from flax import nnx
from tf_keras.src.layers.rnn.legacy_cells import BasicLSTMCell

BACKENDS = ()
BATCH, TIMESTEPS, FEATURES, UNITS = 2, 5, 3, 4
BATCH_FIRST = np.zeros((BATCH, TIMESTEPS, FEATURES), "float32")
TIME_FIRST = np.zeros((TIMESTEPS, BATCH, FEATURES), "float32")


def shapes(x, y, h, c):
    """Return the shapes of the input, of h of every timestep, and of the last h and c."""
    return {name: list(np.shape(array)) for name, array in {"x": x, "y": y, "h": h, "c": c}.items()}


def of_keras(layers, x, **arguments):
    return shapes(x, *layers.LSTM(UNITS, return_sequences=True, return_state=True, **arguments)(x))


def of_pytorch(x, **arguments):
    with torch.no_grad():
        y, (h, c) = torch.nn.LSTM(FEATURES, UNITS, **arguments)(torch.from_numpy(x))
    return shapes(x, y, h, c)


def of_flax(x, **arguments):
    cell = nnx.OptimizedLSTMCell(FEATURES, UNITS, rngs=nnx.Rngs(0))
    (c, h), y = nnx.RNN(cell, return_carry=True, **arguments)(jax.numpy.asarray(x))
    return shapes(x, y, h, c)


def of_onnx(x):
    weights = {name: np.zeros((1, 4 * UNITS, size), "float32") for name, size in {"W": FEATURES, "R": UNITS}.items()}
    outputs = {"Y": 4, "Y_h": 3, "Y_c": 3}
    return shapes(x, *onnx_run(onnxruntime, "LSTM", {"X": x} | weights, outputs, hidden_size=UNITS))


def of_tf1(x, **arguments):
    with tf.Graph().as_default():
        y, state = tf.compat.v1.nn.dynamic_rnn(BasicLSTMCell(UNITS), tf.constant(x), dtype="float32", **arguments)
    return shapes(x, y, state.h, state.c)


emit(
    {
        "keras-3": {"ran": ["keras", "tensorflow"], "default": of_keras(keras.layers, BATCH_FIRST)},
        "keras-2": {
            "ran": ["tensorflow", "tf_keras"],
            "default": of_keras(tf_keras.layers, BATCH_FIRST),
            "time-first": of_keras(tf_keras.layers, TIME_FIRST, time_major=True),
        },
        "pytorch": {
            "ran": ["torch"],
            "default": of_pytorch(TIME_FIRST),
            "batch-first": of_pytorch(BATCH_FIRST, batch_first=True),
        },
        "flax-nnx": {
            "ran": ["jax", "flax"],
            "default": of_flax(BATCH_FIRST),
            "time-first": of_flax(TIME_FIRST, time_major=True),
        },
        "onnx-runtime": {"ran": ["onnx", "onnxruntime"], "default": of_onnx(TIME_FIRST)},
        "tf1": {
            "ran": ["tensorflow", "tf_keras"],
            "default": of_tf1(BATCH_FIRST),
            "time-first": of_tf1(TIME_FIRST, time_major=True),
        },
    }
)
