"""What the probes share."""

import json
import sys
from contextlib import contextmanager
from itertools import product
from math import prod
from unittest import mock

import numpy as np

FLOAT32, FLOAT64 = 1e-6, 1e-12


def emit(facts):
    """Print facts. Each group of them has a "ran": the packages that it ran with."""
    print(json.dumps(facts))


def on_backend(keras):
    """Return what a probe of Keras ran with."""
    return ["keras", keras.config.backend()]


def rng(seed=0):
    return np.random.default_rng(seed)


def difference(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} cannot be compared")
    return float(abs(a - b).max())


def attempt(action):
    """Return what the action returns, or the exception that it raises, as facts."""
    try:
        return action()
    except Exception as error:
        return {"raises": type(error).__name__, "message": str(error)}


def onnx_run(onnxruntime, operator, inputs, outputs, **attributes):
    """Run a model of one node; the outputs are named with their numbers of axes."""
    import onnx  # only where it is wanted

    node = onnx.helper.make_node(operator, list(inputs), list(outputs), **attributes)
    kind = onnx.TensorProto.FLOAT
    graph = onnx.helper.make_graph(
        [node],
        operator,
        [onnx.helper.make_tensor_value_info(name, kind, array.shape) for name, array in inputs.items()],
        [onnx.helper.make_tensor_value_info(name, kind, [None] * axes) for name, axes in outputs.items()],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


UNITS, FEATURES, TIMESTEPS = range(1, 7), range(1, 5), (1, 6)  # of the explorer, of timesteps the fewest and the most


def explored(code, names, kind, weights_of, array=np.asarray, tensor=np.asarray):
    """Run the code of every choice of the explorer; return it, the shapes of what comes out, and the layer's weights.

    Args:
        code: a function of units, features, return_sequences and return_state that returns a program for x, which leaves y, h and c.
        names: what the program finds beside x.
        kind: the class of the layer that it calls.
        weights_of: a function of the layer that returns its weights by name.
        array: makes a NumPy array of what comes out.
        tensor: makes x of a NumPy array.
    """
    facts, weights, of_h = {}, {}, {"last-y-is-h": set(), "c-is-h": set()}
    for sequences, state, units, features in product((False, True), (False, True), UNITS, FEATURES):
        program, size = code(units, features, sequences, state), (f"units={units}", f"features={features}")
        group = facts.setdefault(f"return_sequences={sequences}, return_state={state}", {}).setdefault(size[0], {})
        group.setdefault("code", {}).setdefault(program, []).append(features)
        for timesteps in TIMESTEPS:
            x = rng().standard_normal((2, timesteps, features)).astype("float32")
            layer, out = called(kind, program, names | {"x": tensor(x)})
            out = {name: array(out[name]) for name in "yhc" if name in out}
            once(group, f"timesteps={timesteps}", {name: list(each.shape) for name, each in out.items()})
            once(weights.setdefault(size[0], {}), size[1], counted(weights_of(layer)))
            if state:
                of_h["last-y-is-h"].add(np.array_equal(out["y"][:, -1] if sequences else out["y"], out["h"]))
                of_h["c-is-h"].add(np.array_equal(out["c"], out["h"]))
    return {**facts, "weights": weights, **{name: sorted(found) for name, found in of_h.items()}}


def called(kind, program, names):
    """Run a program; return the layer of this kind that it called, and all that it named."""
    layers, call = [], kind.__call__

    def remember(self, *arguments, **options):
        layers.append(self)
        return call(self, *arguments, **options)

    with mock.patch.object(kind, "__call__", remember), quick_to_compile():
        exec(program, names)
    (layer,) = layers
    return layer, names


@contextmanager
def quick_to_compile():
    """Let JAX, where it is at hand, compile with less care: here nothing runs twice."""
    if "jax" not in sys.modules:
        yield
        return
    config, setting = sys.modules["jax"].config, "jax_disable_most_optimizations"
    config.update(setting, True)
    try:
        yield
    finally:
        config.update(setting, False)


def counted(weights):
    shapes = {name: list(array.shape) for name, array in weights.items()}
    return shapes | {"parameters": sum(map(prod, shapes.values()))}


def once(group, key, fact):
    """Put a fact into a group; it must be the same each time."""
    if group.setdefault(key, fact) != fact:
        raise ValueError(f"{key} has {group[key]} and {fact}")
