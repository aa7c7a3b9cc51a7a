"""lstm_ref.LSTM against PyTorch, Flax and ONNX with the same weights and the same input: max |difference|."""

import os
from functools import partial

import numpy as np
from agreement_keras import ALL, BARS, FEATURES, SHAPES, Problem, flat
from common import FLOAT32, difference, emit

ENVIRONMENT = {"JAX_ENABLE_X64": "1"}
os.environ |= ENVIRONMENT

import flax.linen
import jax
import onnx
import onnx.reference
import onnxruntime
import torch
from flax import nnx
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from lstm_ref import LSTM, layouts

BACKENDS = ()
SEQUENCES = (ALL, ["mask-right"])
FEATURES = {
    **{name: FEATURES[name] for name in ("forward", "no-bias", "return-sequences", "return-state", "initial-state")},
    **{name: FEATURES[name] for name in ("go-backwards", "mask-right", "mask-left", "mask-holes", "stateful-chunks")},
    "hard-sigmoid": FEATURES["hard-sigmoid"],
    "hard-sigmoid-keras2": (ALL | {"recurrent_activation": "hard_sigmoid_keras2"}, []),
    "bidirectional": FEATURES["bidirectional"],
    "packed": SEQUENCES,
    "sequence-lens": SEQUENCES,
    "cell": (ALL, ["initial-state"]),
}
MASKS = {"mask-right", "mask-left", "mask-holes"}
SLOPES = {"hard_sigmoid": 1 / 6, "hard_sigmoid_keras2": 0.2}


# Each of these runs one layer; it returns y in the order of reading, h and c, and for two directions h and c of the second.


def with_bias(weights):
    return [*weights, np.zeros(weights[0].shape[1], weights[0].dtype)][:3]


def h_and_c(h, c):
    return [state for pair in zip(h, c, strict=True) for state in pair]


def pytorch(x, weights, states, backward=None, lengths=None):
    (features, columns), dtype = weights[0].shape, torch.from_numpy(x).dtype
    options = {"bias": len(weights) == 3, "batch_first": True, "bidirectional": backward is not None}
    layer = torch.nn.LSTM(features, columns // 4, dtype=dtype, **options)
    directions = [weights, backward] if backward else [weights]
    arrays = [a for each in directions for a in layouts.to_pytorch(*with_bias(each))[: 2 * len(each) - 2]]
    layer.load_state_dict(dict(zip(layer.state_dict(), map(torch.tensor, arrays), strict=True)))
    inputs = torch.from_numpy(x)
    if lengths is not None:
        inputs = pack_padded_sequence(inputs, torch.from_numpy(lengths), batch_first=True, enforce_sorted=False)
    with torch.no_grad():
        y, (h, c) = layer(inputs, states and tuple(torch.from_numpy(state)[None] for state in states))
    if lengths is not None:
        y, _ = pad_packed_sequence(y, batch_first=True, total_length=x.shape[1])
    return [y, *h_and_c(h, c)]


def stepped(step, x, states):
    y, (h, c) = [], states
    for t in range(x.shape[1]):
        h, c = step(x[:, t], h, c)
        y.append(np.asarray(h))
    return [np.stack(y, axis=1), h, c]


def pytorch_cell(x, weights, states):
    cell = torch.nn.LSTMCell(len(weights[0]), len(weights[1]), dtype=torch.from_numpy(x).dtype)
    arrays = layouts.to_pytorch(*weights)
    cell.load_state_dict(dict(zip(cell.state_dict(), map(torch.tensor, arrays), strict=True)))
    with torch.no_grad():
        return stepped(lambda x_t, h, c: cell(x_t, (h, c)), torch.from_numpy(x), map(torch.from_numpy, states))


def hard_sigmoid_keras2(z):
    return jax.numpy.clip(0.2 * z + 0.5, 0, 1)


GATES = {"hard_sigmoid": jax.nn.hard_sigmoid, "hard_sigmoid_keras2": hard_sigmoid_keras2, "sigmoid": jax.nn.sigmoid}


UNSET = dict.fromkeys(["kernel_init", "recurrent_kernel_init"], nnx.initializers.zeros)  # orthogonal ones take seconds


@partial(jax.jit, static_argnames="layer")
def linen_apply(layer, params, *inputs, **options):
    return layer.apply({"params": params}, *inputs, **options)


@partial(jax.jit, static_argnames="graph")
def nnx_apply(graph, state, *inputs, **options):
    return nnx.merge(graph, state)(*inputs, **options)


def linen(x, weights, states, backward=None, lengths=None, reverse=False, gate="sigmoid"):
    def layer(**options):
        cell = flax.linen.OptimizedLSTMCell(len(weights[1]), param_dtype=x.dtype, gate_fn=GATES[gate])
        return flax.linen.RNN(cell, return_carry=True, **options)

    carry = states and tuple(states[::-1])
    if backward is None:
        params = {"cell": layouts.to_flax(*weights)}
        carry, y = linen_apply(layer(reverse=reverse), params, x, initial_carry=carry, seq_lengths=lengths)
        return [y, *carry[::-1]]
    both = flax.linen.Bidirectional(layer(), layer(), return_carry=True)
    params = {"forward_rnn": {"cell": layouts.to_flax(*weights)}, "backward_rnn": {"cell": layouts.to_flax(*backward)}}
    carries, y = linen_apply(both, params, x)
    return [y, *(state for carry in carries for state in carry[::-1])]


def linen_cell(x, weights, states):
    cell, params = flax.linen.LSTMCell(len(weights[1]), param_dtype=x.dtype), layouts.to_flax(*weights)
    return stepped(lambda x_t, h, c: linen_apply(cell, params, (c, h), x_t)[0][::-1], x, states)


def nnx_layer(x, weights, states, backward=None, lengths=None, reverse=False, gate="sigmoid"):
    def layer(weights, **options):
        sizes = len(weights[0]), len(weights[1])
        cell = nnx.OptimizedLSTMCell(*sizes, param_dtype=x.dtype, rngs=nnx.Rngs(0), **UNSET, gate_fn=GATES[gate])
        places = [cell.dense_i.kernel, cell.dense_h.kernel, cell.dense_h.bias]
        for place, array in zip(places, layouts.to_flax_nnx(*weights), strict=True):
            place[...] = array
        return nnx.RNN(cell, return_carry=True, **options)

    if backward is None:
        carry, one = states and tuple(states[::-1]), nnx.split(layer(weights, reverse=reverse))
        carry, y = nnx_apply(*one, x, initial_carry=carry, seq_lengths=lengths)
        return [y, *carry[::-1]]
    both = nnx.Bidirectional(layer(weights), layer(backward), return_carry=True)
    carries, y = nnx_apply(*nnx.split(both), x)
    return [y, *(state for carry in carries for state in carry[::-1])]


def nnx_cell(x, weights, states):
    cell = nnx.LSTMCell(len(weights[0]), len(weights[1]), param_dtype=x.dtype, rngs=nnx.Rngs(0), **UNSET)
    for name, arrays in layouts.to_flax(*weights).items():
        for leaf, array in arrays.items():
            getattr(getattr(cell, name if name != "if" else "if_"), leaf)[...] = array
    one = nnx.split(cell)
    return stepped(lambda x_t, h, c: nnx_apply(*one, (c, h), x_t)[0][::-1], x, states)


def onnx_with(evaluator):
    def run(x, weights, states, backward=None, lengths=None, reverse=False, gate=None):
        directions = [layouts.to_onnx(*with_bias(each)) for each in ([weights, backward] if backward else [weights])]
        inputs = dict(zip("WRB"[: len(weights)], map(np.concatenate, zip(*directions, strict=True)), strict=False))
        inputs |= {"X": np.ascontiguousarray(x.swapaxes(0, 1))}
        inputs |= {} if lengths is None else {"sequence_lens": lengths.astype(np.int32)}
        inputs |= {f"initial_{name}": state[None] for name, state in zip("hc", states or (), strict=bool(states))}
        options = {"direction": "bidirectional" if backward else "reverse" if reverse else "forward"}
        if gate:
            options |= {"activations": ["HardSigmoid", "Tanh", "Tanh"], "activation_alpha": [SLOPES[gate]]}
        y, h, c = evaluator(inputs, len(weights[1]), options)
        y = np.concatenate(np.split(y, y.shape[1], axis=1), axis=-1)[:, 0].swapaxes(0, 1)
        return [y[:, ::-1] if reverse else y, *h_and_c(h, c)]

    return run


def onnx_model(inputs, units, options):
    order = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c"]
    names = [name if name in inputs else "" for name in order]
    outputs = {"Y": 4, "Y_h": 3, "Y_c": 3}
    node = onnx.helper.make_node("LSTM", names, list(outputs), hidden_size=units, **options)
    types = {name: onnx.helper.np_dtype_to_tensor_dtype(array.dtype) for name, array in inputs.items()}
    graph = onnx.helper.make_graph(
        [node],
        "lstm",
        [onnx.helper.make_tensor_value_info(name, types[name], inputs[name].shape) for name in inputs],
        [onnx.helper.make_tensor_value_info(name, types["X"], [None] * axes) for name, axes in outputs.items()],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 22)], ir_version=10)
    onnx.checker.check_model(model)
    return model


@onnx_with
def runtime(inputs, units, options):
    model = onnx_model(inputs, units, options).SerializeToString()
    return onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"]).run(None, inputs)


@onnx_with
def reference(inputs, units, options):
    return onnx.reference.ReferenceEvaluator(onnx_model(inputs, units, options)).run(None, inputs)


RUNS = {  # what runs, a layer, a cell, what it does not have
    "pytorch": (
        ["torch"],
        pytorch,
        pytorch_cell,
        MASKS | {"go-backwards", "hard-sigmoid", "hard-sigmoid-keras2", "sequence-lens"},
    ),
    "flax-linen": (["jax", "flax"], linen, linen_cell, MASKS | {"no-bias", "packed"}),
    "flax-nnx": (["jax", "flax"], nnx_layer, nnx_cell, MASKS | {"no-bias", "packed"}),
    "onnx-runtime": (["onnx", "onnxruntime"], runtime, None, MASKS | {"packed", "cell"}),
    "onnx-reference": (["onnx"], reference, None, MASKS | {"packed", "cell"}),
}


def options_of(problem, name):
    """Return what this feature needs beyond weights and states, by the name that the functions above give it."""
    args, _ = FEATURES[name]
    if name == "bidirectional":
        return {"backward": problem.weights[3:]}
    if name in ("packed", "sequence-lens"):
        return {"lengths": problem.masks["mask-right"].sum(axis=1)}
    if "recurrent_activation" in args:
        return {"gate": args["recurrent_activation"]}
    return {"reverse": True} if "go_backwards" in args else {}


def ours(problem, name):
    args, given = FEATURES[name]
    layer = LSTM(problem.units, **args)
    layer.set_weights(problem.weights[: 2 + layer.use_bias])
    if name != "bidirectional":
        return [array for x, more in problem.calls(given) for array in flat(layer(x, **more))]
    backward = LSTM(problem.units, go_backwards=True, **args)
    backward.set_weights(problem.weights[3:])
    (y, *states), (z, *more) = layer(problem.x), backward(problem.x)
    return [np.concatenate([y, z[:, ::-1]], axis=-1), *states, *more]


def theirs(run, problem, name, **options):
    """Return what `ours` returns; the states of a chunk are given to the next."""
    args, given = FEATURES[name]
    states, results = problem.states if "initial-state" in given else None, []
    for x, _ in problem.calls(given):
        y, *after = map(np.asarray, run(x, problem.weights[: 2 + args.get("use_bias", True)], states, **options))
        states = after if "chunks" in given else None
        results += [y if "return_sequences" in args else y[:, -1], *(after if "return_state" in args else [])]
    return results


def compared(run, name, dtype):
    """Return max |difference| over all shapes."""
    worst = []
    for shape in SHAPES:
        problem = Problem(shape, dtype)
        options = options_of(problem, name)
        a, b = ours(problem, name), theirs(run, problem, name, **options)
        if "lengths" in options:  # what is put out after the end is another question
            for each in (a, b):
                each[0] = each[0] * problem.masks["mask-right"][..., np.newaxis]
        worst += [difference(*pair) for pair in zip(a, b, strict=True)]
    return float(np.max(worst))


def ignored(run, name, dtype):
    """Tell whether the output is the same without what the feature asks for."""
    problem = Problem(SHAPES[0], dtype)
    asked, unasked = theirs(run, problem, name, **options_of(problem, name)), theirs(run, problem, name)
    return all(np.array_equal(a, b) for a, b in zip(asked, unasked, strict=True))


def after_the_end(run, name):
    """Tell what is put out at the steps after the last that counts."""
    problem = Problem(SHAPES[0], "float32")
    y, h, _ = theirs(run, problem, name, **options_of(problem, name))
    padding = ~problem.masks["mask-right"]
    last = np.broadcast_to(h[:, np.newaxis], y.shape)[padding]
    return {"zeros": not y[padding].any(), "repeats-last": np.array_equal(y[padding], last)}


def measure(ran, layer, cell, lacking):
    facts = {"ran": ran, "tolerance": FLOAT32, "bars": {"tolerance": 0, **BARS}, "shapes-b-t-f-n": SHAPES}
    for name in FEATURES:
        if name in lacking:
            facts[name] = "not supported"
            continue
        run, fact = cell if name == "cell" else layer, {}
        for dtype, bar in BARS.items():
            try:
                fact[dtype] = compared(run, name, dtype)
            except onnxruntime.capi.onnxruntime_pybind11_state.RuntimeException as error:
                fact[dtype], fact["reason"] = None, str(error).rpartition("Status Message: ")[2]
                continue
            if not fact[dtype] <= bar and ignored(run, name, dtype):
                fact["reason"] = f"ignored, without a word: the output is that without {name}"
        fact["within-bar"] = all(fact[dtype] is None or fact[dtype] <= bar for dtype, bar in BARS.items())
        facts[name] = fact
    (name,) = {"packed", "sequence-lens"} - lacking
    return facts | {"steps-after-the-end": after_the_end(layer, name)}


if __name__ == "__main__":
    emit({name: measure(*run) for name, run in RUNS.items()})
