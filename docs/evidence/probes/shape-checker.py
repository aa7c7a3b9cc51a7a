"""Which shapes an LSTM takes, what comes out, and the words with which it refuses: a new layer, and one that is made for so many features."""

import keras
import numpy as np
from common import attempt, emit, on_backend

BACKENDS = ("tensorflow", "jax", "torch")

UNITS = 64
SHAPES = [  # those of primes first: each number of a message tells which size it is
    *[(23,), (23, 29), (23, 29, 31), (23, 29, 31, 37)],
    *[(1,), (1000,)],
    *[(1000, 50), (12, 8), (8, 8), (1, 7), (5, 1)],
    *[(300, 12, 1), (300, 50, 3), (300, 3, 50), (2, 5, 3), (8, 8, 8), (1, 7, 5), (7, 1, 5), (1, 1, 1)],
    *[(32, 10, 28, 28), (3, 3, 3, 3), (2, 1, 5, 1)],
]
FEATURES = (41, 3)


def by_shape(run):
    return {",".join(map(str, shape)): attempt(lambda shape=shape: run(shape)) for shape in SHAPES}


def new(shape):
    return list(keras.layers.LSTM(UNITS, name="lstm")(np.zeros(shape, "float32")).shape)


def built(shape, features):
    layer = keras.layers.LSTM(UNITS, name="lstm")
    layer.build((None, None, features))
    return list(layer(np.zeros(shape, "float32")).shape)


def pytorch(shape, batch_first, input_size=None):
    layer = torch.nn.LSTM(input_size or shape[-1], UNITS, batch_first=batch_first)
    output, (h, _) = layer(torch.zeros(shape))
    return {"output": list(output.shape), "h_n": list(h.shape)}


facts = {
    "ran": on_backend(keras),
    "units": UNITS,
    "new": by_shape(new),
    "built": {str(features): by_shape(lambda shape, n=features: built(shape, n)) for features in FEATURES},
}
if keras.backend.backend() == "torch":
    import torch

    facts["pytorch"] = {"ran": ["torch"]} | {
        f"batch_first={first}": {"fitting": by_shape(lambda shape, first=first: pytorch(shape, first))}
        | {str(n): by_shape(lambda shape, first=first, n=n: pytorch(shape, first, n)) for n in FEATURES}
        for first in (False, True)
    }
emit(facts)
