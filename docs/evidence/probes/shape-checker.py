"""Which shapes an LSTM takes, what comes out, and the words with which it refuses: a new layer, one that is made for so many features, and a model."""

import re

import keras
import numpy as np
from common import attempt, difference, emit, on_backend, rng

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
MODELS = [  # timesteps and features of its input, and what it is given
    *[((31, 29), (23, 29, 31)), ((50, 3), (300, 3, 50)), ((5, 2), (7, 2, 5))],
    *[((29, 1), (23, 29)), ((50, 1), (1000, 50)), ((50, 3), (1000, 50))],
]


def by_shape(run):
    return {",".join(map(str, shape)): attempt(lambda shape=shape: run(shape)) for shape in SHAPES}


def new(shape):
    return list(keras.layers.LSTM(UNITS, name="lstm")(np.zeros(shape, "float32")).shape)


def built(shape, features):
    layer = keras.layers.LSTM(UNITS, name="lstm")
    layer.build((None, None, features))
    return list(layer(np.zeros(shape, "float32")).shape)


def model(inputs):
    x = keras.Input(inputs, name="x")
    return keras.Model(x, keras.layers.LSTM(UNITS, name="lstm")(x), name="functional")


def fit(inputs, shape):
    trained = model(inputs)
    trained.compile(loss="mse")
    trained.fit(np.zeros(shape, "float32"), np.zeros((shape[0], UNITS), "float32"), verbose=0)
    return "fits"


def in_a_model(inputs, shape):
    """Return what a functional model does with zeros, without these in its words, and, if it takes them, whether it adds a last axis of size 1."""
    zeros = np.zeros(shape, "float32")
    told = {
        "call": attempt(lambda: list(model(inputs)(zeros).shape)),
        "predict": attempt(lambda: list(model(inputs).predict(zeros, verbose=0).shape)),
        "fit": attempt(lambda: fit(inputs, shape)),
    }
    for each in told.values():
        if "message" in each:
            each["message"] = re.sub(r"(?s)(?<=for input ).*(?= with name )", "...", each["message"])
    if isinstance(told["call"], list):
        x, same = rng().standard_normal(shape).astype("float32"), model(inputs)
        told["as-with-a-last-axis"] = (
            difference(*(keras.ops.convert_to_numpy(same(each)) for each in (x, x[..., np.newaxis]))) == 0
        )
    return told


def pytorch(shape, batch_first, input_size=None):
    layer = torch.nn.LSTM(input_size or shape[-1], UNITS, batch_first=batch_first)
    output, (h, _) = layer(torch.zeros(shape))
    return {"output": list(output.shape), "h_n": list(h.shape)}


facts = {
    "ran": on_backend(keras),
    "units": UNITS,
    "new": by_shape(new),
    "model": {},
    "built": {str(features): by_shape(lambda shape, n=features: built(shape, n)) for features in FEATURES},
}
for inputs, shape in MODELS:
    facts["model"].setdefault(",".join(map(str, inputs)), {})[",".join(map(str, shape))] = in_a_model(inputs, shape)
if keras.backend.backend() == "torch":
    import torch

    facts["pytorch"] = {"ran": ["torch"]} | {
        f"batch_first={first}": {"fitting": by_shape(lambda shape, first=first: pytorch(shape, first))}
        | {str(n): by_shape(lambda shape, first=first, n=n: pytorch(shape, first, n)) for n in FEATURES}
        for first in (False, True)
    }
emit(facts)
