"""lstm_ref.LSTM against keras.layers.LSTM with the same weights and the same input: max |difference|."""

import os
from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import numpy as np
from common import FLOAT32, FLOAT64, difference, emit, on_backend, rng

import lstm_ref

BACKENDS = ("tensorflow", "jax", "torch")
ENVIRONMENT = {"JAX_ENABLE_X64": "1"}
SHAPES = [(2, 5, 3, 4), (1, 4, 6, 3), (4, 7, 2, 5), (5, 3, 10, 7), (3, 12, 8, 16), (6, 30, 4, 9)]  # B, T, F, N
BARS = {"float32": FLOAT32, "float64": FLOAT64}

ALL = {"return_sequences": True, "return_state": True}
FEATURES = {  # the arguments of the layer, and what its calls are given
    "forward": ({}, []),
    "no-bias": ({"use_bias": False}, []),
    "return-sequences": ({"return_sequences": True}, []),
    "return-state": ({"return_state": True}, []),
    "initial-state": (ALL, ["initial-state"]),
    "go-backwards": (ALL | {"go_backwards": True}, []),
    "mask-right": (ALL, ["mask-right"]),
    "mask-left": (ALL, ["mask-left"]),
    "mask-holes": (ALL, ["mask-holes"]),
    "mask-left-initial-state": (ALL, ["mask-left", "initial-state"]),
    "stateful-chunks": (ALL | {"stateful": True}, ["chunks"]),
    "hard-sigmoid": (ALL | {"recurrent_activation": "hard_sigmoid"}, []),
    "dropout-inference": (ALL | {"dropout": 0.5, "recurrent_dropout": 0.5}, []),
    "bidirectional": (ALL, ["both-directions"]),
}


class System(NamedTuple):
    """What differs between Keras 3 and Keras 2."""

    layers: ModuleType
    to_tensor: Callable
    to_numpy: Callable
    hard_sigmoid: str  # its name in lstm_ref


class Problem:
    """Input, weights, states and masks; the second half of the weights is for a second direction."""

    def __init__(self, shape, dtype):
        batch, timesteps, features, units = shape
        random = rng(sum(shape))
        self.units, self.x = units, random.standard_normal((batch, timesteps, features)).astype(dtype)
        shapes = 2 * [(features, 4 * units), (units, 4 * units), (4 * units,)]
        self.weights = [random.uniform(-1, 1, size).astype(dtype) for size in shapes]
        self.states = [random.uniform(-1, 1, (batch, units)).astype(dtype) for _ in "hc"]
        row, t = np.ogrid[:batch, :timesteps]
        right = t < 1 + (timesteps // 2 + row) % timesteps
        self.masks = {"mask-right": right, "mask-left": right[:, ::-1], "mask-holes": (row + t) % 3 != 1}

    def calls(self, given):
        arguments = {"initial_state": self.states} if "initial-state" in given else {}
        for name in self.masks.keys() & given:
            arguments["mask"] = self.masks[name]
        for chunk in np.array_split(self.x, 3 if "chunks" in given else 1, axis=1):
            yield chunk, dict(arguments)


def flat(y):
    return list(y) if isinstance(y, (list, tuple)) else [y]


def ours(system, problem, args, given):
    if "recurrent_activation" in args:
        args = args | {"recurrent_activation": system.hard_sigmoid}
    layer = lstm_ref.LSTM(problem.units, **args)
    layer.set_weights(problem.weights[: 2 + layer.use_bias])
    if "both-directions" not in given:
        return [array for x, more in problem.calls(given) for array in flat(layer(x, **more))]
    backward = lstm_ref.LSTM(problem.units, go_backwards=True, **args)
    backward.set_weights(problem.weights[3:])
    (y, *states), (z, *more) = layer(problem.x), backward(problem.x)
    return [np.concatenate([y, z[:, ::-1]], axis=-1), *states, *more]


def theirs(system, problem, args, given):
    dtype = str(problem.x.dtype)
    layer = system.layers.LSTM(problem.units, dtype=dtype, **args)
    if "both-directions" in given:
        layer = system.layers.Bidirectional(layer, dtype=dtype)
    layer.build(problem.x.shape)
    layer.set_weights(problem.weights[: len(layer.get_weights())])
    results = []
    for x, more in problem.calls(given):
        if "initial_state" in more:
            more["initial_state"] = [system.to_tensor(state) for state in more["initial_state"]]
        results += [system.to_numpy(array) for array in flat(layer(x, training=False, **more))]
    if {result.dtype for result in results} != {problem.x.dtype}:
        raise TypeError(f"{dtype} went in, {[str(result.dtype) for result in results]} came out")
    return results


def disagreement(system, name, dtype):
    worst = []
    for shape in SHAPES:
        problem = Problem(shape, dtype)
        pairs = zip(ours(system, problem, *FEATURES[name]), theirs(system, problem, *FEATURES[name]), strict=True)
        worst += [difference(a, b) for a, b in pairs]
    return float(np.max(worst))


def leading_steps(system):
    """Tell what is put out at masked steps before the first that counts, when the initial h is not zero."""
    problem = Problem(SHAPES[0], "float32")
    y, *states = theirs(system, problem, *FEATURES["mask-left-initial-state"])
    our_y, *our_states = ours(system, problem, *FEATURES["mask-left-initial-state"])
    leading = ~problem.masks["mask-left"]
    h = np.broadcast_to(problem.states[0][:, np.newaxis], y.shape)[leading]
    return {
        "are-zeros": not y[leading].any(),
        "are-the-initial-h": np.array_equal(y[leading], h),
        "difference-of-the-other-steps": difference(our_y[~leading], y[~leading]),
        "difference-of-the-states": max(map(difference, our_states, states)),
    }


def float64_inside(ops):
    """Tell the dtype that the operations of an LSTM give for float64."""
    x = ops.convert_to_tensor(np.eye(2), dtype="float64")
    results = {name: getattr(ops, name)(x) for name in ("tanh", "sigmoid", "hard_sigmoid")}
    results |= {name: getattr(ops, name)(x, x) for name in ("add", "multiply", "matmul")}
    return {name: str(ops.convert_to_numpy(result).dtype) for name, result in results.items()}


def measure(system, float32_inside=()):
    """Compare all features; where a bar is missed, the reason is what was seen to happen."""
    leading = leading_steps(system)
    facts = {"tolerance": FLOAT32, "bars": {"tolerance": 0, **BARS}, "shapes-b-t-f-n": SHAPES}
    for name in FEATURES:
        fact = {dtype: disagreement(system, name, dtype) for dtype in BARS}
        missed = [dtype for dtype, bar in BARS.items() if not fact[dtype] <= bar]
        fact["within-bar"] = not missed
        if "float32" in missed and name == "mask-left-initial-state" and leading["are-the-initial-h"]:
            fact["reason"] = "masked steps before the first that counts put out the initial h, not zeros"
        elif missed == ["float64"] and float32_inside:
            fact["reason"] = f"float64 is float32 inside: {' and '.join(float32_inside)} of float64 gives float32"
        facts[name] = fact
    return facts | {"leading-masked-steps-with-initial-state": leading}


if __name__ == "__main__":
    os.environ |= ENVIRONMENT
    import keras
    from keras import ops

    inside = float64_inside(ops)
    float32_inside = [f"keras.ops.{name}" for name, dtype in inside.items() if dtype == "float32"]
    keras3 = System(keras.layers, ops.convert_to_tensor, ops.convert_to_numpy, "hard_sigmoid")
    facts = measure(keras3, float32_inside) | {"operations-on-float64": inside}
    emit({"ran": on_backend(keras), **facts})
