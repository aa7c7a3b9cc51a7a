"""lstm_ref.layouts against the systems themselves: conversions run there, and what a fresh layer of theirs holds."""

import re
from collections.abc import Callable
from typing import NamedTuple

import flax.linen
import jax
import keras
import numpy as np
import onnx
import onnx.reference
import onnxruntime
import tensorflow as tf
import tf_keras
import torch
from common import FLOAT32, attempt, difference, emit, rng
from flax import nnx
from tf_keras.src.layers.rnn.cudnn_lstm import CuDNNLSTM
from tf_keras.src.layers.rnn.gru_lstm_utils import canonical_to_params
from tf_keras.src.layers.rnn.legacy_cells import BasicLSTMCell
from tf_keras.src.saving.legacy.hdf5_format import preprocess_weights_for_loading

from lstm_ref import LSTM, layouts

BACKENDS = ()
SHAPES = [(2, 5, 3, 4), (1, 4, 6, 3), (4, 7, 2, 5), (5, 3, 10, 7), (3, 12, 8, 16)]  # B, T, F, N
FEATURES, UNITS = 3, 4
OPTIONS = {"return_sequences": True, "return_state": True}


class System(NamedTuple):
    """Make a fresh layer's arrays by name (or just their names); run it on arrays, for y and the states in its order."""

    fresh: Callable | list
    run: Callable
    read: Callable  # the arrays of the system, [kernel, recurrent_kernel, bias] out
    write: Callable


def built(layer, features):
    layer.build((None, None, features))
    return layer


def keras_like(layers):
    def fresh(features, units):
        layer = built(layers.LSTM(units), features)
        return {weight.name.partition(":")[0]: np.asarray(weight) for weight in layer.weights}

    def run(arrays, x):
        layer = built(layers.LSTM(arrays[1].shape[0], **OPTIONS), x.shape[2])
        layer.set_weights(arrays)
        return [np.asarray(a) for a in layer(x)]

    return System(fresh, run, lambda *arrays: list(arrays), lambda *weights: list(weights))


def through_loader(**version):
    """Run arrays of another layer in the LSTM of tf_keras, brought there by its own loader of saved weights."""

    def run(arrays, x):
        layer = built(tf_keras.layers.LSTM(arrays[1].shape[0], **OPTIONS), x.shape[2])
        layer.set_weights(preprocess_weights_for_loading(layer, arrays, **version))
        return [np.asarray(a) for a in layer(x)]

    return run


NAMES_OF_KERAS1 = [f"{kind}_{gate}" for gate in "icfo" for kind in "WUb"]


def fresh_cudnn(features, units):
    return {weight.name.partition(":")[0]: weight.numpy() for weight in built(CuDNNLSTM(units), features).weights}


def fresh_pytorch(features, units):
    torch.manual_seed(0)
    return {name: weight.numpy() for name, weight in torch.nn.LSTM(features, units).state_dict().items()}


def run_pytorch(arrays, x):
    layer = torch.nn.LSTM(x.shape[2], arrays[1].shape[1], batch_first=True)
    layer.load_state_dict(dict(zip(layer.state_dict(), map(torch.tensor, arrays), strict=True)))
    with torch.no_grad():
        y, states = layer(torch.from_numpy(x))
    return [y.numpy(), *(state[0].numpy() for state in states)]


GATES_OF_FLAX = [
    f"{side}{gate}.{leaf}" for gate in "ifgo" for side, leaf in (("i", "kernel"), ("h", "kernel"), ("h", "bias"))
]


def by_place(params):
    return [params[name.partition(".")[0]][name.partition(".")[2]] for name in GATES_OF_FLAX]


def by_name(arrays):
    params = {}
    for name, array in zip(GATES_OF_FLAX, arrays, strict=True):
        params.setdefault(name.partition(".")[0], {})[name.partition(".")[2]] = array
    return params


def fresh_linen(features, units):
    cell, x, carry = flax.linen.OptimizedLSTMCell(units), np.zeros((1, features)), 2 * (np.zeros((1, units)),)
    params = cell.init(jax.random.key(0), carry, x)["params"]
    return dict(zip(GATES_OF_FLAX, map(np.array, by_place(params)), strict=True))


def run_linen(arrays, x):
    layer = flax.linen.RNN(flax.linen.OptimizedLSTMCell(len(arrays[1])), return_carry=True)
    carry, y = layer.apply({"params": {"cell": by_name(arrays)}}, x)
    return [y, *carry]


def nnx_cell(features, units):
    cell = nnx.OptimizedLSTMCell(features, units, rngs=nnx.Rngs(0))
    places = {
        "dense_i.kernel": cell.dense_i.kernel,
        "dense_h.kernel": cell.dense_h.kernel,
        "dense_h.bias": cell.dense_h.bias,
    }
    return cell, places


def fresh_nnx(features, units):
    cell, places = nnx_cell(features, units)
    held = {".".join(path) for path in nnx.state(cell, nnx.Param).flat_state().paths}
    if held != set(places):
        raise ValueError(f"the cell has {held}")
    return {name: np.array(place[...]) for name, place in places.items()}


def run_nnx(arrays, x):
    cell, places = nnx_cell(x.shape[2], len(arrays[1]))
    for place, array in zip(places.values(), arrays, strict=True):
        place[...] = array
    carry, y = nnx.RNN(cell, return_carry=True)(x)
    return [y, *carry]


def onnx_by(evaluate):
    def run(arrays, x):
        inputs = dict(zip("XWRB", [np.ascontiguousarray(x.swapaxes(0, 1)), *arrays], strict=True))
        node = onnx.helper.make_node("LSTM", list(inputs), ["Y", "Y_h", "Y_c"], hidden_size=arrays[1].shape[2])
        value = onnx.helper.make_tensor_value_info
        ins = [value(name, onnx.TensorProto.FLOAT, array.shape) for name, array in inputs.items()]
        outs = [value(name, onnx.TensorProto.FLOAT, [None] * axes) for name, axes in (("Y", 4), ("Y_h", 3), ("Y_c", 3))]
        graph = onnx.helper.make_graph([node], "lstm", ins, outs)
        model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
        y, *states = evaluate(model, inputs)
        return [y[:, 0].swapaxes(0, 1), *(state[0] for state in states)]

    return System(list("WRB"), run, layouts.from_onnx, layouts.to_onnx)


def runtime(model, inputs):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


def reference(model, inputs):
    return onnx.reference.ReferenceEvaluator(model).run(None, inputs)


def fresh_tf1(features, units):
    cell = BasicLSTMCell(units)
    cell.build((1, features))
    return {weight.name.partition(":")[0].rpartition("/")[2]: weight.numpy() for weight in cell.weights}


def run_tf1(arrays, x):
    units = arrays[1].size // 4
    cell = BasicLSTMCell(units)
    cell.build((len(x), x.shape[2]))
    cell.set_weights(arrays)
    states, y = (tf.zeros((len(x), units)),) * 2, []
    for t in range(x.shape[1]):
        h, states = cell(x[:, t], states)
        y.append(h)
    return [np.stack(y, axis=1), *map(np.asarray, states)]


RAN = {
    "keras3": ["keras", "tensorflow"],
    **{name: ["tensorflow", "tf_keras"] for name in ("keras2", "keras1", "cudnn", "tf1")},
    "pytorch": ["torch"],
    **{name: ["jax", "flax"] for name in ("flax", "flax_nnx")},
    "onnx-runtime": ["onnx", "onnxruntime"],
    "onnx-reference": ["onnx"],
}
SYSTEMS = {
    "keras3": keras_like(keras.layers),
    "keras2": keras_like(tf_keras.layers),
    "keras1": System(
        NAMES_OF_KERAS1, through_loader(original_keras_version="1"), layouts.from_keras1, layouts.to_keras1
    ),
    "cudnn": System(fresh_cudnn, through_loader(), layouts.from_cudnn, layouts.to_cudnn),
    "pytorch": System(fresh_pytorch, run_pytorch, layouts.from_pytorch, layouts.to_pytorch),
    "flax": System(
        fresh_linen,
        run_linen,
        lambda *arrays: layouts.from_flax(by_name(arrays)),
        lambda *weights: by_place(layouts.to_flax(*weights)),
    ),
    "flax_nnx": System(fresh_nnx, run_nnx, layouts.from_flax_nnx, layouts.to_flax_nnx),
    "onnx-runtime": onnx_by(runtime),
    "onnx-reference": onnx_by(reference),
    "tf1": System(fresh_tf1, run_tf1, layouts.from_tf1, layouts.to_tf1),
}


def ours(weights, x):
    layer = LSTM(len(weights[1]), **OPTIONS)
    layer.set_weights(weights)
    return layer(x)


def random_weights(features, units, seed):
    random = rng(seed)
    shapes = [(features, 4 * units), (units, 4 * units), (4 * units,)]
    return [random.uniform(-1, 1, shape).astype("float32") for shape in shapes]


def random_input(batch, timesteps, features):
    return rng(batch).standard_normal((batch, timesteps, features)).astype("float32")


def exact(system, **options):
    weights = random_weights(FEATURES, UNITS, 0)
    back = system.read(*system.write(*weights, **options), **options)
    return all(np.array_equal(a, b) for a, b in zip(back, weights, strict=True))


def differences(system):
    """Run lstm_ref's weights in the system, and arrays of the system in lstm_ref; return max |difference| of all y."""
    to, of = [], []
    for batch, timesteps, features, units in SHAPES:
        x, weights = random_input(batch, timesteps, features), random_weights(features, units, units)
        to.append(difference(ours(weights, x)[0], system.run(system.write(*weights), x)[0]))
        if callable(system.fresh):
            arrays = list(system.fresh(features, units).values())
        else:
            random = rng(units)
            arrays = [random.uniform(-1, 1, a.shape).astype(a.dtype) for a in system.write(*weights)]
        of.append(difference(ours(system.read(*arrays), x)[0], system.run(arrays, x)[0]))
    return {"to": max(to), "from": max(of), "within-bar": max(to + of) <= FLOAT32}


def found(arrays, run, weights, x):
    """Tell which gate each block of a bias belongs to: add to it there, and see what lstm_ref must add to agree."""
    gates = ""
    biases = [k for k, array in enumerate(arrays) if array.ndim == 1 or array.shape[:-1] == (1,)]
    expected = {}
    for g, gate in enumerate("ifgo"):
        bias = weights[2].copy()
        bias[g * UNITS : (g + 1) * UNITS] += 0.5
        expected[gate] = ours([*weights[:2], bias], x)[0]
    for k in biases:
        for start in range(0, arrays[k].size, UNITS):
            changed = arrays[k].copy()
            changed[..., start : start + UNITS] += 0.5
            y = run([*arrays[:k], changed, *arrays[k + 1 :]], x)[0]
            (gate,) = (gate for gate, other in expected.items() if difference(y, other) < 1e-4)
            gates += gate
    return gates


def described(system):
    """Look at a layer of 3 features and 4 units."""
    weights, x = random_weights(FEATURES, UNITS, 1), random_input(2, 5, FEATURES)
    arrays, named = system.write(*weights), isinstance(system.fresh, list)
    gates = found(arrays, system.run, weights, x)
    orders = {gates[k : k + 4] for k in range(0, len(gates), 4)}
    states = [system.run(arrays, x)[k] for k in (1, 2)]
    own = dict(zip("hc", ours(weights, x)[1:], strict=True))
    fact = {
        "gate-order": orders.pop() if len(orders) == 1 else sorted(orders),
        "biases": len(gates) // 4,
        "state-order": [name for state in states for name in own if difference(state, own[name]) < 1e-4],
        "parameters": sum(array.size for array in arrays),
        "shapes": [[*array.shape] for array in arrays],
        "weights": system.fresh if named else [],
        "fresh": not named,
    }
    if not named:
        fresh = system.fresh(FEATURES, UNITS)
        if [array.shape for array in fresh.values()] != [array.shape for array in arrays]:
            raise ValueError(f"a fresh layer has {[array.shape for array in fresh.values()]}")
        fact["weights"] = list(fresh)
        forget = system.read(*fresh.values())[2][UNITS : 2 * UNITS]
        fact["default-forget-bias"] = float(forget[0]) if np.ptp(forget) == 0 else "random"
    return fact | {"differences": differences(system), "round-trip-exact": exact(system)}


def cudnn_as_tf_keras_does_it():
    weights = random_weights(FEATURES, UNITS, 2)
    layer, plain = built(CuDNNLSTM(UNITS), FEATURES), built(tf_keras.layers.LSTM(UNITS), FEATURES)
    own, theirs = layouts.to_cudnn(*weights), preprocess_weights_for_loading(layer, weights)
    back = preprocess_weights_for_loading(plain, own)

    def handed_over(kernel, recurrent_kernel, **options):
        blocks = [*np.split(kernel, 4, axis=1), *np.split(recurrent_kernel, 4, axis=1)]
        return canonical_to_params(blocks, [], tf.constant([-1]), **options).numpy()

    layer.set_weights(own)
    refused = attempt(lambda: layer(random_input(2, 5, FEATURES)))
    return {
        "kernels-equal": all(np.array_equal(a, b) for a, b in zip(own[:2], theirs[:2], strict=True)),
        "its-bias-is-halves": np.array_equal(theirs[2], np.tile(weights[2] / 2, 2)),
        "its-way-back-equal": all(np.array_equal(a, b) for a, b in zip(back, weights, strict=True)),
        "parameters-for-the-cudnn-kernel-equal": np.array_equal(
            handed_over(*own[:2]), handed_over(*weights[:2], transpose_weights=True)
        ),
        "on-cpu": {
            "raises": refused["raises"],
            "message": re.search(r"Could not find device[^{]*{{node \w+}}", refused["message"])[0],
        },
    }


def pytorch_bias_limit():
    """Return the largest of a fresh bias of many units, in units of 1 / sqrt(units)."""
    units = 1024
    return float(abs(fresh_pytorch(FEATURES, units)["bias_ih_l0"]).max() * units**0.5)


keras.utils.set_random_seed(0)
facts = {name: {"ran": RAN[name], **described(system)} for name, system in SYSTEMS.items()}
facts["keras1"] |= {
    "not-run": "names, order and default read in keras.layers.recurrent of Keras 1.2.2; the loader of tf_keras ran",
    "default-forget-bias": 1.0,
}
facts["cudnn"] |= {
    "not-run": "the kernel needs a GPU; the loader of tf_keras ran",
    "as-tf_keras": cudnn_as_tf_keras_does_it(),
}
facts["pytorch"]["default-bias-limit-times-sqrt-units"] = {"tolerance": 0.01, "value": pytorch_bias_limit()}
facts["tf1"] |= {
    "added-at-run-time": BasicLSTMCell(UNITS).get_config()["forget_bias"],
    "round-trip-exact-with-forget-bias-0": exact(SYSTEMS["tf1"], forget_bias=0.0),
}
emit({"tolerance": FLOAT32, "bar": FLOAT32, "shapes-b-t-f-n": SHAPES, "systems": facts})
