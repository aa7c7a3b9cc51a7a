"""Layers of further systems on small arrays: the same weights in each of the 24 orders of the gates, and what comes out.

Each system takes [kernel, recurrent_kernel, bias] whose four blocks stand in some order and puts them into its own arrays.
The order is found by running: it is the one in which the system computes what lstm_ref does with the blocks i, f, g, o.
"""

import os
from collections.abc import Callable
from itertools import permutations
from typing import NamedTuple

ENVIRONMENT = {"DEV": "PYTHON"}  # tinygrad without a compiler
os.environ |= ENVIRONMENT

import equinox
import haiku
import jax
import jax.numpy as jnp
import mlx.core as mx
import mlx.nn
import numpy as np
import openvino
import paddle
import tinygrad
from common import FLOAT32, attempt, difference, emit, rng
from jax.experimental import rnn
from openvino import opset1, opset4, opset5

from lstm_ref import LSTM

BACKENDS = ()
BATCH, TIMESTEPS, FEATURES, UNITS = 3, 5, 4, 2
FITS = 1e-5


class System(NamedTuple):
    ran: list
    arrays: Callable  # of [kernel, recurrent_kernel, bias] and a start c of a second bias: its arrays, by name
    run: Callable  # of these arrays, x, h and c: y and the states by name, in its order
    fresh: Callable  # what a new layer holds, by name


def rows(*names):
    """Return a layout of (4 * units, ...) arrays with these names."""
    return lambda weights: dict(zip(names, (array.T for array in weights), strict=True))


def rows_two(*names):
    def arrays(weights):
        kernel, recurrent_kernel, bias = (array.T for array in weights)
        own = np.linspace(-0.5, 0.5, bias.size, dtype=bias.dtype)  # the two biases add up
        return dict(zip(names, [kernel, recurrent_kernel, bias - own, own], strict=True))

    return arrays


def steps(step, x, h, c):
    """Run a cell, step(x, h, c) -> h, c, over the timesteps of x."""
    y = []
    for t in range(x.shape[1]):
        h, c = step(x[:, t], h, c)
        y.append(np.asarray(h))
    return {"y": np.stack(y, axis=1), "h": np.asarray(h), "c": np.asarray(c)}


def equinox_cell(features, units):
    return equinox.nn.LSTMCell(features, units, key=jax.random.key(0))


def equinox_run(arrays, x, h, c):
    cell = equinox_cell(x.shape[2], h.shape[1])
    for name, array in arrays.items():
        cell = equinox.tree_at(lambda cell, name=name: getattr(cell, name), cell, jnp.asarray(array))
    return steps(lambda x, h, c: jax.vmap(cell)(x, (h, c)), x, h, c)


def equinox_fresh(features, units):
    cell = equinox_cell(features, units)
    return {name: np.asarray(getattr(cell, name)) for name in ("weight_ih", "weight_hh", "bias")}


def haiku_core(features, units):
    def core(x, h, c):
        out, state = haiku.LSTM(units)(x, haiku.LSTMState(h, c))
        return out, state.cell

    transformed = haiku.without_apply_rng(haiku.transform(core))
    zeros = np.zeros((1, units), "float32")
    return transformed, transformed.init(jax.random.key(0), np.zeros((1, features), "float32"), zeros, zeros)


def haiku_arrays(weights):
    kernel, recurrent_kernel, bias = weights
    return {"w": np.concatenate([kernel, recurrent_kernel]), "b": bias}


def haiku_run(arrays, x, h, c):
    transformed, fresh = haiku_core(x.shape[2], h.shape[1])
    ((module, _),) = fresh.items()
    return steps(lambda x, h, c: transformed.apply({module: arrays}, x, h, c), x, h, c)


def haiku_fresh(features, units):
    ((_, arrays),) = haiku_core(features, units)[1].items()
    return {name: np.asarray(array) for name, array in arrays.items()}


def jax_arrays(weights):
    kernel, recurrent_kernel, *biases = rows_two("W_ih", "W_hh", "b_ih", "b_hh")(weights).values()
    return {"weights": np.concatenate([array.ravel() for array in (kernel, recurrent_kernel, *biases)])}


def jax_run(arrays, x, h, c):
    sizes = {"input_size": x.shape[2], "hidden_size": h.shape[1], "num_layers": 1, "bidirectional": False}
    unpacked = rnn.unpack_lstm_weights(jnp.asarray(arrays["weights"]), **sizes)
    lengths = jnp.full(len(x), x.shape[1], dtype=jnp.int32)
    y, h, c = rnn.lstm_ref(x, h[None], c[None], *unpacked, lengths, **sizes, dropout=0.0)
    return {"y": np.asarray(y), "h": np.asarray(h[0]), "c": np.asarray(c[0])}


def jax_fresh(features, units):
    weights = rnn.init_lstm_weight(jax.random.key(0), features, units, 1, bidirectional=False)
    return {"weights": np.asarray(weights)}


def tinygrad_cell(features, units):
    tinygrad.Tensor.manual_seed(0)
    return tinygrad.nn.LSTMCell(features, units)


def tinygrad_run(arrays, x, h, c):
    cell = tinygrad_cell(x.shape[2], h.shape[1])
    for name, array in arrays.items():
        setattr(cell, name, tinygrad.Tensor(np.ascontiguousarray(array)))

    def step(x, h, c):
        states = cell(tinygrad.Tensor(np.ascontiguousarray(x)), (tinygrad.Tensor(h), tinygrad.Tensor(c)))
        return [state.numpy() for state in states]

    return steps(step, x, h, c)


def tinygrad_fresh(features, units):
    cell = tinygrad_cell(features, units)
    return {name: array.numpy() for name, array in tinygrad.nn.state.get_state_dict(cell).items()}


def mlx_layer(features, units):
    mx.random.seed(0)
    return mlx.nn.LSTM(features, units)


def mlx_run(arrays, x, h, c):
    layer = mlx_layer(x.shape[2], h.shape[1])
    layer.update({name: mx.array(array) for name, array in arrays.items()})
    all_h, all_c = layer(mx.array(x), hidden=mx.array(h), cell=mx.array(c))
    return {"y": np.array(all_h), "h": np.array(all_h)[:, -1], "c": np.array(all_c)[:, -1]}


def mlx_fresh(features, units):
    return {name: np.array(array) for name, array in mlx_layer(features, units).parameters().items()}


def paddle_layer(features, units):
    paddle.seed(0)
    return paddle.nn.LSTM(features, units)


def paddle_names(layer):
    """Return the parameters of a layer: those of its cell are the same ones."""
    return {name: value for name, value in layer.state_dict().items() if name.endswith("_l0")}


def paddle_run(arrays, x, h, c):
    layer = paddle_layer(x.shape[2], h.shape[1])
    for name, value in paddle_names(layer).items():
        value.set_value(paddle.to_tensor(np.ascontiguousarray(arrays[name])))
    y, states = layer(paddle.to_tensor(x), (paddle.to_tensor(h[None]), paddle.to_tensor(c[None])))
    return {"y": y.numpy(), "h": states[0].numpy()[0], "c": states[1].numpy()[0]}


def paddle_fresh(features, units):
    return {name: value.numpy() for name, value in paddle_names(paddle_layer(features, units)).items()}


def paddle_cell_run(arrays, x, h, c):
    cell = paddle.nn.LSTMCell(x.shape[2], h.shape[1])
    for name, value in cell.state_dict().items():
        value.set_value(paddle.to_tensor(np.ascontiguousarray(arrays[name])))

    def step(x, h, c):
        _, states = cell(paddle.to_tensor(np.ascontiguousarray(x)), (paddle.to_tensor(h), paddle.to_tensor(c)))
        return [state.numpy() for state in states]

    return steps(step, x, h, c)


def paddle_cell_fresh(features, units):
    paddle.seed(0)
    return {name: value.numpy() for name, value in paddle.nn.LSTMCell(features, units).state_dict().items()}


def parameter(array):
    return opset1.parameter(list(array.shape), np.float32)


def openvino_sequence(arrays, x, h, c, precision="f32"):
    inputs = [x, h[:, None], c[:, None]]
    places = [parameter(array) for array in inputs]
    lengths = opset1.constant(np.full(len(x), x.shape[1], dtype="int32"))
    node = opset5.lstm_sequence(
        *places, lengths, *(opset1.constant(array) for array in arrays.values()), h.shape[1], "FORWARD"
    )
    model = openvino.Model([node.output(k) for k in range(3)], places, "lstm")
    hints = {"INFERENCE_PRECISION_HINT": precision} if precision else {}
    y, h, c = openvino.compile_model(model, "CPU", hints)(inputs).values()
    return {"y": y[:, 0], "h": h[:, 0], "c": c[:, 0]}


def openvino_cell(opset):
    def run(arrays, x, h, c):
        places = [parameter(array) for array in (x[:, 0], h, c)]
        node = opset.lstm_cell(*places, *(opset1.constant(array) for array in arrays.values()), h.shape[1])
        model = openvino.Model([node.output(k) for k in range(2)], places, "lstm")
        cell = openvino.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        return steps(lambda x, h, c: [*cell([x, h, c]).values()], x, h, c)

    return run


def leading(arrays):
    """Give each array of OpenVINO's cell the leading axis of its sequence: the directions."""
    return lambda weights: {name: np.ascontiguousarray(array)[None] for name, array in arrays(weights).items()}


WRB = rows("W", "R", "B")
TWO = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
SYSTEMS = {
    "equinox": System(["jax", "equinox"], rows("weight_ih", "weight_hh", "bias"), equinox_run, equinox_fresh),
    "haiku": System(["jax", "haiku"], haiku_arrays, haiku_run, haiku_fresh),
    "jax": System(["jax"], jax_arrays, jax_run, jax_fresh),
    "tinygrad": System(["tinygrad"], rows_two(*TWO), tinygrad_run, tinygrad_fresh),
    "mlx": System(["mlx"], rows("Wx", "Wh", "bias"), mlx_run, mlx_fresh),
    "paddle": System(["paddle"], rows_two(*(f"{name}_l0" for name in TWO)), paddle_run, paddle_fresh),
    "paddle-cell": System(["paddle"], rows_two(*TWO), paddle_cell_run, paddle_cell_fresh),
    "openvino-sequence": System(["openvino"], leading(WRB), openvino_sequence, None),
    "openvino-cell-1": System(["openvino"], WRB, openvino_cell(opset1), None),
    "openvino-cell-4": System(["openvino"], WRB, openvino_cell(opset4), None),
}


def ordered(weights, order):
    """Return weights in blocks i, f, g, o with their blocks in another order."""
    blocks = ["ifgo".index(gate) for gate in order]
    return [np.concatenate([np.split(array, 4, axis=-1)[k] for k in blocks], axis=-1) for array in weights]


def start():
    """Return weights i | f | g | o, x, h and c with few digits, which a record shows."""
    random = rng(14)
    shapes = [(FEATURES, 4 * UNITS), (UNITS, 4 * UNITS), (4 * UNITS,)]
    inputs = [(BATCH, TIMESTEPS, FEATURES), (BATCH, UNITS), (BATCH, UNITS)]
    weights = [random.normal(0, 0.6, shape).round(2).astype("float32") for shape in shapes]
    return weights, *(random.normal(0, 1, shape).round(1).astype("float32") for shape in inputs)


def ours(weights, x, h, c):
    layer = LSTM(UNITS, return_sequences=True, return_state=True)
    layer.set_weights(weights)
    return dict(zip("yhc", layer(x, initial_state=[h, c]), strict=True))


def farthest(out, expected):
    return max(difference(out[name], expected[name]) for name in "yhc")


def described(system):
    weights, *inputs = start()
    expected, subtracted = ours(weights, *inputs), weights[2].copy()
    subtracted[UNITS : 2 * UNITS] -= 1  # for a system that adds 1 at every step
    errors = {}
    for order in map("".join, permutations("ifgo")):
        for added, bias in ((0, weights[2]), (1, subtracted)):
            out = system.run(system.arrays(ordered([*weights[:2], bias], order)), *inputs)
            errors[order, added] = farthest(out, expected)
    fits = [choice for choice, error in errors.items() if error < FITS]
    ((order, added),) = fits
    given = system.arrays(ordered([*weights[:2], subtracted if added else weights[2]], order))
    out = system.run(given, *inputs)
    fact = {
        "gate-order": order,
        "added-at-run-time": added,
        "difference": farthest(out, expected),
        "next-best": min(error for choice, error in errors.items() if choice not in fits),
        "as-ifgo": errors["ifgo", 0],
        "without-subtracting": errors[order, 0],
        "shapes": {name: list(array.shape) for name, array in given.items()},
        "arrays": {name: rounded(array) for name, array in given.items()},
        "outputs": {name: rounded(out[name], 6) for name in "yhc"},
    }
    return fact | (fresh(system, given) if system.fresh else {})


def rounded(array, digits=4):
    return np.asarray(array, dtype="float64").round(digits).tolist()


def fresh(system, given):
    """Return what a new layer holds: the same names and shapes, and its biases if they are no random numbers."""
    units = 64
    found = system.fresh(FEATURES, UNITS)
    if {name: array.shape for name, array in found.items()} != {name: array.shape for name, array in given.items()}:
        raise ValueError(f"a new layer has { ({name: array.shape for name, array in found.items()}) }")
    many = {name: array for name, array in system.fresh(FEATURES, units).items() if array.shape == (4 * units,)}
    limits = {name: float(abs(array).max() * units**0.5) for name, array in many.items()}
    return {"default-bias-limit-times-sqrt-units": {"tolerance": 0.01} | limits} if limits else {}


def paddle_projects():
    """Run a cell with a projection, without states and with them."""
    cell = paddle.nn.LSTMCell(FEATURES, 3, proj_size=2)
    x, h, c = (paddle.to_tensor(np.zeros(shape, "float32")) for shape in ((1, FEATURES), (1, 2), (1, 3)))
    return {
        "ran": ["paddle"],
        "state_shape": [list(shape) for shape in cell.state_shape],
        "without-states": {"raises": attempt(lambda: cell(x))["raises"]},
        "with-states": [list(state.shape) for state in cell(x, (h, c))[1]],
        "weight_ho": list(cell.weight_ho.shape),
    }


def jax_swaps():
    """Give swap_lstm_gates matrices whose blocks are marked with their gates; return which gate stands where."""
    marked = jnp.repeat(jnp.arange(4.0), UNITS)
    sizes = {"input_size": FEATURES, "hidden_size": UNITS, "num_layers": 1, "bidirectional": False}
    parts = jnp.tile(marked[:, None], FEATURES), jnp.tile(marked[:, None], UNITS), marked, marked
    swapped = rnn.swap_lstm_gates(jnp.concatenate([part.ravel() for part in parts]), **sizes)
    unpacked = rnn.unpack_lstm_weights(swapped, **sizes)
    return {"ran": ["jax"], "blocks": ["ifgo"[int(mark)] for mark in np.asarray(unpacked[2][0])[::UNITS]]}


facts = {name: {"ran": system.ran, **described(system)} for name, system in SYSTEMS.items()}
weights, x, h, c = start()
emit(
    {
        "tolerance": FLOAT32,
        "sizes-b-t-f-n": [BATCH, TIMESTEPS, FEATURES, UNITS],
        "weights": [rounded(array) for array in weights],
        "x-h-c": [rounded(array) for array in (x, h, c)],
        "systems": facts,
        "paddle-projection": paddle_projects(),
        "jax-swap": jax_swaps(),
    }
)
