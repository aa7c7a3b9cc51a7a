"""Which code of Keras's LSTM runs on a CPU, what `use_cudnn` changes there, and where float64 becomes float32."""

from unittest import mock

import keras
import numpy as np
from common import FLOAT64, attempt, difference, emit, on_backend, rng

import lstm_ref
from lstm_ref.examples import FEATURES, UNITS, worked_layer

BACKENDS = ("tensorflow", "jax", "torch")
ENVIRONMENT = {"JAX_ENABLE_X64": "1"}
NUMPY = keras.ops.convert_to_numpy
X = rng().normal(size=(2, 5, FEATURES))
MASK = np.array([[True] * 5, [True] * 3 + [False] * 2])
WEIGHTS = worked_layer().get_weights()

# float64: the arguments of the layer, and whether it gets a mask
WAYS = {
    "default": ({}, False),
    "use_cudnn=False": ({"use_cudnn": False}, False),
    "mask": ({}, True),
    "recurrent_dropout": ({"recurrent_dropout": 0.5}, False),
    "dropout": ({"dropout": 0.5}, False),
    "unroll": ({"unroll": True}, False),
    "go_backwards": ({"go_backwards": True}, False),
}
ACTIVATIONS = {  # of the candidate and of the gates
    "tanh, sigmoid": ("tanh", "sigmoid"),
    "relu, sigmoid": ("relu", "sigmoid"),
    "sigmoid, sigmoid": ("sigmoid", "sigmoid"),
    "linear, sigmoid": (None, "sigmoid"),
    "relu, hard_sigmoid": ("relu", "hard_sigmoid"),
    "relu, tanh": ("relu", "tanh"),
}


def layer_of(**arguments):
    layer = keras.layers.LSTM(UNITS, recurrent_initializer="zeros", **arguments)
    layer.build(X.shape)
    layer.set_weights(WEIGHTS)
    return layer


def ours(**arguments):
    layer = lstm_ref.LSTM(UNITS, **arguments)
    layer.set_weights(WEIGHTS)
    return layer


def in_float64(way, activation, recurrent_activation):
    """Tell whether the layer agrees with lstm_ref to 12 decimals, outside of training."""
    more, masked = WAYS[way]
    both = {"activation": activation, "recurrent_activation": recurrent_activation}
    given = {"mask": MASK} if masked else {}
    y = NUMPY(layer_of(dtype="float64", **both, **more)(X, **given))
    if y.dtype != np.float64:
        raise TypeError(f"{y.dtype} came out")
    backwards = {"go_backwards": True} if "go_backwards" in more else {}
    return difference(y, ours(**both, **backwards)(X, **given)) <= FLOAT64


def model_in_float64(floatx, way, **of_input):
    """Tell the same of a model, whose x passes through an Input and through predict. relu, for JAX's tanh rounds."""
    before = keras.config.floatx()
    keras.config.set_floatx(floatx)
    try:
        model = keras.Sequential(
            [keras.Input(X.shape[1:], **of_input), layer_of(dtype="float64", activation="relu")],
        )
        y = model.predict(X, verbose=0) if way == "predict" else NUMPY(model(X))
    finally:
        keras.config.set_floatx(before)
    return difference(y, ours(activation="relu")(X)) <= FLOAT64


MODELS = {
    "Input": ("float32", {}),
    "Input(dtype=float64)": ("float32", {"dtype": "float64"}),
    "floatx float64": ("float64", {}),
}

# use_cudnn: the arguments of the layer, and those of its call
CASES = {
    "float32": ({}, {}),
    "float64": ({"dtype": "float64"}, {}),
    "mixed_float16": ({"dtype": "mixed_float16"}, {}),
    "mixed_bfloat16": ({"dtype": "mixed_bfloat16"}, {}),
    "relu": ({"activation": "relu"}, {}),
    "unroll": ({"unroll": True}, {}),
    "go_backwards": ({"go_backwards": True}, {}),
    "mask": ({}, {"mask": MASK}),
    "recurrent_dropout": ({"recurrent_dropout": 0.5}, {}),
    "recurrent_dropout=1 in training": ({"recurrent_dropout": 1.0}, {"training": True}),
    "dropout in training": ({"dropout": 0.5}, {"training": True}),
    "dropout=1 in training": ({"dropout": 1.0}, {"training": True}),
    "dropout and implementation=1 in training": ({"dropout": 0.5, "implementation": 1}, {"training": True}),
}


def called(use_cudnn, arguments, given):
    """Return what a layer returns, and whether it ran its cell; in float64, so that it can be compared."""
    layer, calls = layer_of(use_cudnn=use_cudnn, seed=1, **arguments), []
    call = keras.layers.LSTMCell.call

    def counted(self, *args, **options):
        calls.append(1)
        return call(self, *args, **options)

    with mock.patch.object(keras.layers.LSTMCell, "call", counted):
        y = layer(X, **given)
    return {"y": NUMPY(keras.ops.cast(y, "float64")), "general": bool(calls)}


def use_cudnn(name):
    """Compare the three values of use_cudnn: which loop runs, and how far the outputs are from those of False."""
    runs = {str(value): attempt(lambda value=value: called(value, *CASES[name])) for value in (False, "auto", True)}
    loops = {
        value: run["raises"] if "raises" in run else "general loop" if run["general"] else "a loop of its own"
        for value, run in runs.items()
    }
    facts = {"runs": loops}
    if "y" in runs["auto"]:
        off = difference(runs["auto"]["y"], runs["False"]["y"])
        facts |= {"difference": off} | ({"equal": off == 0.0} if loops["auto"] == loops["False"] else {})
    return facts


def rate_1(argument, value):
    """Tell what a rate of 1 drops in training: everything that it applies to, or nothing."""
    layer, x = layer_of(use_cudnn=value, seed=1, **{argument: 1.0}), X.astype("float32")
    y, without = (NUMPY(layer(x, training=training)) for training in (True, False))
    kernel, recurrent_kernel, bias = layer.get_weights()
    layer.set_weights(
        [0 * kernel, recurrent_kernel, bias] if argument == "dropout" else [kernel, 0 * recurrent_kernel, bias]
    )
    all_dropped = NUMPY(layer(x, training=False))
    return [
        name for name, other in (("nothing", without), ("everything", all_dropped)) if np.allclose(y, other, atol=1e-6)
    ]


emit(
    {
        "ran": on_backend(keras),
        "float64": {name: {way: in_float64(way, *both) for way in WAYS} for name, both in ACTIVATIONS.items()},
        "float64-in-a-model": {
            name: {way: model_in_float64(floatx, way, **of_input) for way in ("call", "predict")}
            for name, (floatx, of_input) in MODELS.items()
        },
        "rate-1-drops": {
            argument: {str(value): rate_1(argument, value) for value in (False, "auto")}
            for argument in ("dropout", "recurrent_dropout")
        },
        "use-cudnn": {"tolerance": 5e-4} | {name: use_cudnn(name) for name in CASES},
    }
)
