"""How many weights an LSTM has, as each framework counts them: F features, N units, P what proj_size projects them to."""

from itertools import product

import flax.linen
import jax
import keras
import numpy as np
import onnxruntime
import tf_keras
import torch
from common import emit, onnx_run
from flax import nnx
from tf_keras.src.layers.rnn import cudnn_lstm

BACKENDS = ()

GRID = list(product((1, 3, 50), (1, 4, 64)))


def built(layer, features):
    layer.build((None, None, features))
    return layer.count_params()


def keras_counts(layers):
    return {
        "LSTM": lambda f, n: built(layers.LSTM(n), f),
        "LSTM-no-bias": lambda f, n: built(layers.LSTM(n, use_bias=False), f),
        "Bidirectional": lambda f, n: built(layers.Bidirectional(layers.LSTM(n)), f),
    }


def pytorch(*sizes, **options):
    return sum(weights.numel() for weights in torch.nn.LSTM(*sizes, **options).parameters())


def leaves(tree):
    return sum(leaf.size for leaf in jax.tree.leaves(tree))


def linen(cell, f, n):
    carry, x = (np.zeros((1, n), "float32"),) * 2, np.zeros((1, f), "float32")
    return leaves(jax.eval_shape(cell(n).init, jax.random.key(0), carry, x)["params"])


def flax_nnx(cell, f, n):
    return leaves(nnx.state(cell(f, n, rngs=nnx.Rngs(0)), nnx.Param))


def onnx_runtime(f, n, use_bias=True):
    """ONNX Runtime refuses other sizes than these."""
    inputs = {"X": (5, 2, f), "W": (1, 4 * n, f), "R": (1, 4 * n, n), "B": (1, 8 * n)}
    inputs = {name: np.zeros(shape, "float32") for name, shape in inputs.items()}
    if not use_bias:
        del inputs["B"]
    onnx_run(onnxruntime, "LSTM", inputs, {"Y": 4}, hidden_size=n)
    return sum(array.size for name, array in inputs.items() if name != "X")


COUNTS = {
    "keras-3": keras_counts(keras.layers),
    "keras-2": keras_counts(tf_keras.layers) | {"CuDNNLSTM": lambda f, n: built(cudnn_lstm.CuDNNLSTM(n), f)},
    "pytorch": {
        "LSTM": pytorch,
        "LSTM-no-bias": lambda f, n: pytorch(f, n, bias=False),
        "LSTM-bidirectional": lambda f, n: pytorch(f, n, bidirectional=True),
        "LSTM-two-layers": lambda f, n: pytorch(f, n, num_layers=2),
    },
    "flax-linen": {
        "LSTMCell": lambda f, n: linen(flax.linen.LSTMCell, f, n),
        "OptimizedLSTMCell": lambda f, n: linen(flax.linen.OptimizedLSTMCell, f, n),
    },
    "flax-nnx": {
        "LSTMCell": lambda f, n: flax_nnx(nnx.LSTMCell, f, n),
        "OptimizedLSTMCell": lambda f, n: flax_nnx(nnx.OptimizedLSTMCell, f, n),
    },
    "onnx-runtime": {"W-R-B": onnx_runtime, "W-R": lambda f, n: onnx_runtime(f, n, use_bias=False)},
}

RAN = {
    "keras-3": ["keras", "tensorflow"],
    "keras-2": ["tensorflow", "tf_keras"],
    "pytorch": ["torch"],
    "flax-linen": ["jax", "flax"],
    "flax-nnx": ["jax", "flax"],
    "onnx-runtime": ["onnx", "onnxruntime"],
}

facts = {
    system: {"ran": RAN[system]}
    | {name: {f"F={f},N={n}": count(f, n) for f, n in GRID} for name, count in counts.items()}
    for system, counts in COUNTS.items()
}
facts["pytorch"]["LSTM-projected"] = {
    f"F={f},N={n},P={p}": pytorch(f, n, proj_size=p) for f, n, p in [(3, 4, 2), (1, 4, 3), (50, 64, 10)]
}
emit(facts)
