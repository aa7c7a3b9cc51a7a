"""LSTM.gradients of lstm_ref against what the backends of Keras derive by themselves: max |difference| / max |gradient|."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
from agreement_keras import SHAPES, Problem
from common import emit, on_backend, rng

import lstm_ref

BACKENDS = ("tensorflow", "jax", "torch")
ENVIRONMENT = {"JAX_ENABLE_X64": "1"}
BARS = {"float32": 1e-5, "float64": 1e-12}
ALL = {"return_sequences": True, "return_state": True}
FEATURES = {  # the arguments of the layer, and what its calls are given
    "last-h": ({}, []),
    "all-h-and-states": (ALL, ["initial-state"]),
    "no-bias": (ALL | {"use_bias": False}, []),
    "go-backwards": (ALL | {"go_backwards": True}, []),
    "mask-right": (ALL, ["mask-right"]),
    "mask-left": (ALL, ["mask-left"]),
    "mask-holes": (ALL, ["mask-holes"]),
    "hard-sigmoid": (ALL | {"recurrent_activation": "hard_sigmoid"}, []),
    "relu": (ALL | {"activation": "relu"}, []),
}


def flat(y):
    return list(y) if isinstance(y, (list, tuple)) else [y]


def by_tensorflow(loss, arrays):
    import tensorflow as tf

    tensors = [tf.convert_to_tensor(array) for array in arrays]
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        value = loss(tensors)
    return tape.gradient(value, tensors)


def by_jax(loss, arrays):
    import jax

    return jax.grad(loss)([jax.numpy.asarray(array) for array in arrays])


def by_torch(loss, arrays):
    import torch

    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    return [array.detach() for array in torch.autograd.grad(loss(tensors), tensors)]


TANH = "tanh"
if keras.config.backend() == "jax":  # Keras 3.15.1 computes its own in float32 there
    import jax

    TANH = jax.numpy.tanh
DERIVED = {"tensorflow": by_tensorflow, "jax": by_jax, "torch": by_torch}


def theirs(problem, args, given, weights_of_y):
    """Derive by the layer's call without state, so that the weights are arguments like x and the states."""
    dtype = str(problem.x.dtype)
    layer = keras.layers.LSTM(problem.units, dtype=dtype, **{"activation": TANH} | args)
    layer.build(problem.x.shape)
    weights = problem.weights[: len(layer.get_weights())]
    ((x, more),) = problem.calls(given)
    states = more.pop("initial_state", None)
    more = {name: keras.ops.convert_to_tensor(mask) for name, mask in more.items()}

    def loss(tensors):
        begin = {"initial_state": list(tensors[-2:])} if states else {}
        rest = [variable.value for variable in layer.non_trainable_variables]
        y, _ = layer.stateless_call(tensors[: len(weights)], rest, tensors[len(weights)], **begin, **more)
        parts = [keras.ops.sum(keras.ops.multiply(part, by)) for part, by in zip(flat(y), weights_of_y, strict=True)]
        return sum(parts[1:], parts[0])

    found = DERIVED[keras.config.backend()](loss, [*weights, x, *(states or [])])
    return [keras.ops.convert_to_numpy(array) for array in found]


def ours(problem, args, given, weights_of_y):
    layer = lstm_ref.LSTM(problem.units, **args)
    layer.set_weights(problem.weights[: 2 + layer.use_bias])
    ((x, more),) = problem.calls(given)
    of_y, of_h, of_c = [*weights_of_y, None, None][:3]
    found = layer.gradients(x, of_y, **more, dh=of_h, dc=of_c)
    arrays = [array for array in found[:4] if array is not None]
    return [*arrays, found.h, found.c] if "initial_state" in more else arrays


def disagreement(args, given, dtype):
    worst = []
    for shape in SHAPES:
        problem = Problem(shape, dtype)
        layer = lstm_ref.LSTM(problem.units, **args)
        layer.set_weights(problem.weights[: 2 + layer.use_bias])
        random = rng(7)
        weights_of_y = [random.uniform(-1, 1, part.shape).astype(dtype) for part in flat(layer(problem.x))]
        pairs = zip(*(made(problem, args, given, weights_of_y) for made in (ours, theirs)), strict=True)
        worst += [float(np.abs(a - b).max() / np.abs(b).max()) for a, b in pairs]
    return max(worst)


facts = {"ran": on_backend(keras), "tolerance": 1e-5, "bars": {"tolerance": 0, **BARS}, "shapes-b-t-f-n": SHAPES}
for name, (args, given) in FEATURES.items():
    fact = {dtype: disagreement(args, given, dtype) for dtype in BARS}
    facts[name] = fact | {"within-bar": all(fact[dtype] <= bar for dtype, bar in BARS.items())}
emit(facts)
