"""The same layer in the arrays of other systems, there and back.

`LAYOUTS` says how each system keeps the weights, `from_layout` and `to_layout` convert by that, and the other functions are
these two for one system. `from_SYSTEM` takes the system's arrays and returns `[kernel, recurrent_kernel, bias]`, as
`LSTM.set_weights` and Keras 2 and 3 take them: (features, 4 * units), (units, 4 * units), (4 * units,), in blocks i | f | g
| o. `to_SYSTEM` takes those three and returns the system's arrays in its order.

All are new arrays in the dtype of the old ones, float32 or float64, or in float64 where both are joined; another dtype is
a TypeError. A ValueError names the array that is missing or has the wrong shape. A layer without bias: leave its biases
out, or pass None, and they count as zeros. Where a system adds up two biases, `to_SYSTEM` puts the bias into the first and
zeros into the second.
"""

# ruff: noqa: N803, for the names of ONNX

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from lstm_ref._checks import check_floats, check_number, is_real, shown
from lstm_ref.types import Array


class Layout(NamedTuple):
    """How a system keeps the weights of one layer in one direction.

    Attributes:
        arrays: the name of each array, in the system's order, and what it holds: `x` the kernel, `h` the recurrent
            kernel, `xh` or `hx` both in one, `b` the bias, `r` a second bias, `br` both in one. Where it holds one
            gate only, the gate stands behind a colon: `x:i`. A dot in a name leads into a mapping.
        gates: the order of the blocks in an array that holds all four.
        rows: the blocks are rows; otherwise they are columns.
        interleaved: there are no blocks: the four rows, or columns, of unit 0 come first, then those of unit 1.
        scrambled: each block holds its numbers in the order of the transposed block.
        directions: the first axis of each array is the direction.
        forget_bias: what the system adds to the forget gates when it runs.
        states: the order in which it takes and returns its states.

    Source:
        Each system's own, named at its functions.

    Examples:
        >>> LAYOUTS["onnx"].gates, LAYOUTS["onnx"].rows, LAYOUTS["onnx"].arrays
        ('iofg', True, {'W': 'x', 'R': 'h', 'B': 'br'})
    """

    arrays: Mapping[str, str]
    gates: str = "ifgo"
    rows: bool = False
    interleaved: bool = False
    scrambled: bool = False
    directions: bool = False
    forget_bias: float = 0.0
    states: str = "hc"


_PYTORCH = {"weight_ih": "x", "weight_hh": "h", "bias_ih": "b", "bias_hh": "r"}
_KERAS1 = {
    f"{name}_{gate}": f"{part}:{gate}".replace("c", "g")
    for gate in "icfo"
    for name, part in zip("WUb", "xhb", strict=True)
}
_FLAX = {
    f"{side}{gate}.{leaf}": f"{part}:{gate}"
    for gate in "ifgo"
    for side, leaf, part in (("i", "kernel", "x"), ("h", "kernel", "h"), ("h", "bias", "b"))
}

_KERAS = Layout({"kernel": "x", "recurrent_kernel": "h", "bias": "b"})

LAYOUTS: Mapping[str, Layout] = {
    "keras": _KERAS,
    "keras1": Layout(_KERAS1, gates="igfo"),
    "cudnn": Layout({"kernel": "x", "recurrent_kernel": "h", "bias": "br"}, scrambled=True),
    "pytorch": Layout(_PYTORCH, rows=True),
    "flax": Layout(_FLAX, states="ch"),
    "flax_nnx": Layout({"dense_i.kernel": "x", "dense_h.kernel": "h", "dense_h.bias": "b"}, states="ch"),
    "flax_nnx_lstmcell": Layout({name.replace("if.", "if_."): holds for name, holds in _FLAX.items()}, states="ch"),
    "onnx": Layout({"W": "x", "R": "h", "B": "br"}, gates="iofg", rows=True, directions=True),
    "tf1": Layout({"kernel": "xh", "bias": "b"}, gates="igfo", forget_bias=1.0, states="ch"),
    "tinygrad": Layout(_PYTORCH, rows=True),
    "paddle": Layout(_PYTORCH, rows=True),
    "equinox": Layout({"weight_ih": "x", "weight_hh": "h", "bias": "b"}, rows=True),
    "mlx": Layout({"Wx": "x", "Wh": "h", "bias": "b"}, rows=True),
    "haiku": Layout({"w": "xh", "b": "b"}, gates="igfo", forget_bias=1.0),
    "openvino": Layout({"W": "x", "R": "h", "B": "b"}, gates="figo", rows=True),
}


def from_layout(layout: Layout, arrays: Mapping[str, Any] | Sequence[Any]) -> list[Array]:
    """Read the arrays of any layout: one of `LAYOUTS`, or your own.

    Args:
        layout: how they are kept.
        arrays: by name, or in the layout's order.

    Source:
        The system's own.

    Examples:
        >>> layout = Layout({"W": "hx"}, gates="figo", interleaved=True)
        >>> [array.tolist() for array in from_layout(layout, [np.array([[6.0, 5.0, 7.0, 8.0], [2.0, 1.0, 3.0, 4.0]])])]
        [[[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]], [0.0, 0.0, 0.0, 0.0]]
    """
    named = _named(_checked(layout), arrays)
    units, features = _units(layout, named), 0
    blocks: dict[str, dict[str, Array]] = {part: {} for part in "xhbr"}
    for name in sorted(
        named, key=lambda name: "h" not in layout.arrays[name]
    ):  # those that units was read off come first
        parts, gates = _holds(layout, name)
        columns = _columns(layout, name, named[name], units, features)
        if "x" in parts:
            features = len(columns) - units * (len(parts) - 1)
        for part in parts:
            size = {"x": features, "h": units}.get(part, len(gates) * units)
            blocks[part] |= _split(layout, columns[:size], gates)
            columns = columns[size:]
    kernel, recurrent_kernel, *biases = (_joined(_KERAS, each, _KERAS.gates) for each in blocks.values() if each)
    bias = biases[0] if biases else np.zeros(4 * units, kernel.dtype)
    for other in biases[1:]:
        bias = _sum(bias, other, np.result_type(bias, other))
    return [kernel, recurrent_kernel, _sum(bias, _forget(layout.forget_bias, units), bias.dtype)]


def to_layout(layout: Layout, kernel: Array, recurrent_kernel: Array, bias: Array | None) -> dict[str, Array]:
    """Write the weights in any layout, and return the arrays by name, in its order.

    Source:
        The system's own.

    Examples:
        >>> layout = Layout({"U": "h", "W": "x"}, gates="ifog", rows=True)
        >>> arrays = to_layout(layout, np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[5.0, 6.0, 7.0, 8.0]]), None)
        >>> {name: array.tolist() for name, array in arrays.items()}
        {'U': [[5.0], [6.0], [8.0], [7.0]], 'W': [[1.0], [2.0], [4.0], [3.0]]}
    """
    _checked(layout)
    kernel, recurrent_kernel, bias = from_layout(_KERAS, [kernel, recurrent_kernel, bias])
    bias = _sum(bias, -_forget(layout.forget_bias, len(recurrent_kernel)), bias.dtype)
    if bias.any() and not any("b" in holds for holds in layout.arrays.values()):
        raise ValueError(f"bias is {shown(bias)}; expected None or zeros: the layout has no bias")
    weights = {"x": kernel, "h": recurrent_kernel, "b": bias, "r": np.zeros_like(bias)}
    blocks = {part: _split(_KERAS, array, _KERAS.gates) for part, array in weights.items()}
    result = {}
    for name in layout.arrays:
        parts, gates = _holds(layout, name)
        array = np.concatenate([_joined(layout, blocks[part], gates) for part in parts])
        array = array.T if layout.rows else array
        result[name] = np.ascontiguousarray(array[np.newaxis] if layout.directions else array)
    return result


def from_keras1(*weights: Array) -> list[Array]:
    """Put the twelve arrays of a Keras 1 LSTM together: W, U, b of the gates i, c, f, o, as `get_weights` gives them.

    Source:
        keras/layers/recurrent.py, Keras 1.2.2, `LSTM.build`.

    Examples:
        >>> [array.shape for array in from_keras1(*[np.ones((3, 2)), np.ones((2, 2)), np.ones(2)] * 4)]
        [(3, 8), (2, 8), (8,)]
    """
    if len(weights) == 3:
        raise ValueError("3 arrays; expected the 12 of Keras 1. consume_less='gpu' already had the layout of Keras 2")
    return from_layout(LAYOUTS["keras1"], weights)


def to_keras1(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Take the layer apart into the twelve arrays of a Keras 1 LSTM: W, U, b of the gates i, c, f, o.

    Source:
        keras/layers/recurrent.py, Keras 1.2.2, `LSTM.build`.

    Examples:
        >>> bias = np.array([1.0, 2.0, 3.0, 4.0])
        >>> [b.item() for b in to_keras1(np.ones((3, 4)), np.ones((1, 4)), bias)[2::3]]
        [1.0, 3.0, 2.0, 4.0]
    """
    return list(to_layout(LAYOUTS["keras1"], kernel, recurrent_kernel, bias).values())


def from_cudnn(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Read the weights of Keras 2's `CuDNNLSTM`.

    The kernels have the shapes that Keras gives them, but each gate's block holds its numbers in the order of the
    transposed block. The bias (8 * units,) has the blocks i | f | g | o for the input and once more for h.

    Source:
        tf_keras/src/saving/legacy/hdf5_format.py, tf_keras 2.21, `_convert_rnn_weights`.

    Examples:
        >>> [array.shape for array in from_cudnn(np.ones((3, 8)), np.ones((2, 8)), np.ones(16))]
        [(3, 8), (2, 8), (8,)]
    """
    return from_layout(LAYOUTS["cudnn"], [kernel, recurrent_kernel, bias])


def to_cudnn(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Write the weights as Keras 2's `CuDNNLSTM` keeps them. Keras's own converter halves the bias instead.

    Source:
        tf_keras/src/saving/legacy/hdf5_format.py, tf_keras 2.21, `_convert_rnn_weights`.

    Examples:
        >>> block = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
        >>> to_cudnn(np.tile(block, 4), np.ones((3, 12)), np.ones(12))[0][:, :3].tolist()
        [[0.0, 3.0, 1.0], [4.0, 2.0, 5.0]]
    """
    return list(to_layout(LAYOUTS["cudnn"], kernel, recurrent_kernel, bias).values())


def from_pytorch(
    weight_ih: Array, weight_hh: Any = None, bias_ih: Any = None, bias_hh: Any = None, *more: Array
) -> list[Array]:
    """Read a PyTorch `LSTMCell`, or an `LSTM` of one layer and direction, in the order of `parameters()`.

    Args:
        weight_ih: (4 * units, features), rows in blocks i | f | g | o; `weight_ih_l0` of an `LSTM`.
        weight_hh: (4 * units, units), the same blocks.
        bias_ih: (4 * units,), the same blocks.
        bias_hh: (4 * units,), the same blocks; added to `bias_ih`.
        more: nothing. For more layers or directions there is `from_pytorch_state_dict`.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> [array.shape for array in from_pytorch(np.ones((8, 3)), np.ones((8, 2)), np.ones(8), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    arrays = weight_ih, weight_hh, bias_ih, bias_hh
    if more or isinstance(weight_ih, Mapping):
        came = f"{4 + len(more)} arrays" if more else type(weight_ih).__name__
        raise TypeError(f"{came}; expected {', '.join(_PYTORCH)}. Is it more? from_pytorch_state_dict(m.state_dict())")
    return from_layout(LAYOUTS["pytorch"], dict(zip(_PYTORCH, arrays, strict=True)))


def to_pytorch(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Write the weights as a PyTorch `LSTM` layer or `LSTMCell` keeps them: weight_ih, weight_hh, bias_ih, bias_hh.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> [array.shape for array in to_pytorch(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(8, 3), (8, 2), (8,), (8,)]
    """
    return list(to_layout(LAYOUTS["pytorch"], kernel, recurrent_kernel, bias).values())


def from_pytorch_state_dict(state_dict: Mapping[str, Any], prefix: str | None = None) -> list[list[Array]]:
    """Read a PyTorch `LSTM` with all its layers and directions, or an `LSTMCell`, from the state dict of a model.

    Args:
        state_dict: the arrays or tensors by name; those of other modules are left alone.
        prefix: the name of the `LSTM` in the model, as `"encoder.lstm"`: needed only if several modules might be meant.

    Returns:
        For each layer three arrays, or six if it has two directions, as Keras's `LSTM` and `Bidirectional` take them.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> layer = [np.ones((3, 8)), np.ones((2, 8)), np.ones(8)]
        >>> state_dict = to_pytorch_state_dict([[*layer, *layer]], "encoder.lstm")
        >>> [[array.shape for array in layer] for layer in from_pytorch_state_dict(state_dict)]
        [[(3, 8), (2, 8), (8,), (3, 8), (2, 8), (8,)]]
    """
    if not isinstance(state_dict, Mapping):
        raise TypeError(f"state_dict is {shown(state_dict)}; expected a mapping, as module.state_dict() returns")
    found: dict[str, dict[tuple[int, str], dict[str, Any]]] = {}
    for key, value in state_dict.items():
        if match := re.fullmatch(r"(?:(.*)\.)?((?:weight|bias)_(?:ih|hh|hr))(?:_l(\d+)(_reverse)?)?", str(key)):
            module, name, number, reverse = match.groups("")
            found.setdefault(module, {}).setdefault((int(number or 0), reverse), {})[name] = value
    where = next(iter(found)) if prefix is None and len(found) == 1 else prefix
    where = where.removesuffix(".") if isinstance(where, str) else None
    if where not in found:
        there = ", ".join(map(repr, found)) or "none"
        raise ValueError(f"prefix is {shown(prefix)}; expected one of those that have recurrent weights: {there}")
    layers: list[list[Array]] = []
    directions = sorted({reverse for _, reverse in found[where]} | {""})
    for k in range(1 + max(found[where])[0]):
        layers.append([])
        for reverse in directions:
            arrays = found[where].get((k, reverse), {})
            if "weight_hr" in arrays:
                raise ValueError(
                    "weight_hr came, so there is a proj_size; expected none: Keras's LSTM has no projection"
                )
            try:
                layers[-1] += from_layout(LAYOUTS["pytorch"], arrays)
            except (TypeError, ValueError) as error:
                raise type(error)(f"layer {k}{reverse} of {where!r}: {error}") from error
    return layers


def to_pytorch_state_dict(layers: Sequence[Sequence[Array]], prefix: str = "") -> dict[str, Array]:
    """Write layers, each of three arrays or of six, as the state dict of a PyTorch `LSTM`.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> list(to_pytorch_state_dict([[np.ones((3, 8)), np.ones((2, 8)), np.ones(8)]]))
        ['weight_ih_l0', 'weight_hh_l0', 'bias_ih_l0', 'bias_hh_l0']
    """
    if not isinstance(layers, (list, tuple)) or not isinstance(prefix, str):
        raise TypeError(f"layers is {shown(layers)}, prefix {shown(prefix)}; expected a list of layers and a string")
    start = prefix and prefix.removesuffix(".") + "."
    result = {}
    for number, layer in enumerate(layers):
        for weights, reverse in zip(_directions(layer), ("", "_reverse"), strict=False):
            for name, array in to_layout(LAYOUTS["pytorch"], *weights).items():
                result[f"{start}{name}_l{number}{reverse}"] = array
    return result


def from_flax(params: Mapping[str, Mapping[str, Array]]) -> list[Array]:
    """Read a Flax `LSTMCell`, or linen's `OptimizedLSTMCell`, which have arrays of their own for each gate.

    Args:
        params: for each gate `ii if ig io` with a `kernel` (features, units), and `hi hf hg ho` with a `kernel`
            (units, units) and a `bias` (units,). In linen `variables["params"]` of the cell; in nnx, which has `if_` for
            `if`, `nnx.to_pure_dict(nnx.state(cell, nnx.Param))`.

    Source:
        flax/linen/recurrent.py and flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> [array.shape for array in from_flax(to_flax(np.ones((3, 8)), np.ones((2, 8)), np.ones(8)))]
        [(3, 8), (2, 8), (8,)]
    """
    nnx = isinstance(params, Mapping) and "if_" in params
    return from_layout(LAYOUTS["flax_nnx_lstmcell" if nnx else "flax"], params)


def to_flax(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> dict[str, dict[str, Array]]:
    """Write the weights as the parameters of a Flax linen `LSTMCell` or `OptimizedLSTMCell`.

    Source:
        flax/linen/recurrent.py, Flax 0.12.8.

    Examples:
        >>> params = to_flax(np.ones((3, 8)), np.ones((2, 8)), np.arange(8.0))
        >>> list(params), params["hg"]["bias"].tolist()
        (['ii', 'hi', 'if', 'hf', 'ig', 'hg', 'io', 'ho'], [4.0, 5.0])
    """
    params: dict[str, dict[str, Array]] = {}
    for name, array in to_layout(LAYOUTS["flax"], kernel, recurrent_kernel, bias).items():
        gate, _, leaf = name.partition(".")
        params.setdefault(gate, {})[leaf] = array
    return params


def from_flax_nnx(dense_i_kernel: Array, dense_h_kernel: Array, dense_h_bias: Array) -> list[Array]:
    """Read a Flax nnx `OptimizedLSTMCell`, which has Keras's layout. For its `LSTMCell` there is `from_flax`.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8: `cell.dense_i.kernel`, `cell.dense_h.kernel`, `cell.dense_h.bias`.

    Examples:
        >>> [array.shape for array in from_flax_nnx(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    return from_layout(LAYOUTS["flax_nnx"], [dense_i_kernel, dense_h_kernel, dense_h_bias])


def to_flax_nnx(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Write the weights as a Flax nnx `OptimizedLSTMCell` keeps them, which is as Keras does.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> [array.shape for array in to_flax_nnx(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    return list(to_layout(LAYOUTS["flax_nnx"], kernel, recurrent_kernel, bias).values())


def from_onnx(
    W: Array,
    R: Array,
    B: Array | None = None,
    *,
    P: Array | None = None,
    input_forget: int = 0,
    clip: float | None = None,
) -> list[Array]:
    """Read an ONNX `LSTM` node: three arrays, or six, as Keras's `Bidirectional` takes them, if it has two directions.

    Args:
        W: (directions, 4 * units, features), rows in blocks i | o | f | g.
        R: (directions, 4 * units, units), the same blocks.
        B: (directions, 8 * units), the same blocks for the input and once more for h.
        P: the node's input P: peepholes other than 0 are a ValueError, since Keras's LSTM has none.
        input_forget: the node's attribute: other than 0 is a ValueError.
        clip: the node's attribute: other than None is a ValueError.

    Source:
        The operator `LSTM` of ONNX, version 22, in onnx/defs/rnn/defs.cc.

    Examples:
        >>> [array.shape for array in from_onnx(np.ones((1, 8, 3)), np.ones((1, 8, 2)), np.ones((1, 16)))]
        [(3, 8), (2, 8), (8,)]
    """
    both_gates = isinstance(input_forget, (int, np.integer)) and input_forget == 0
    if clip is not None or not both_gates or (P is not None and check_floats("P", P).any()):
        given = f"clip {shown(clip)}, input_forget {shown(input_forget)}, P {shown(P)}"
        raise ValueError(f"the node has {given}; expected None, 0, and None or zeros: Keras's LSTM has no such thing")
    arrays = _named(LAYOUTS["onnx"], {"W": W, "R": R, "B": B})
    if any(array.shape[:1] != (2,) for array in arrays.values()):
        return from_layout(LAYOUTS["onnx"], arrays)
    directions = ({name: array[d : d + 1] for name, array in arrays.items()} for d in range(2))
    return [array for each in directions for array in from_layout(LAYOUTS["onnx"], each)]


def to_onnx(kernel: Array, recurrent_kernel: Array, bias: Array | None, *backward: Array | None) -> list[Array]:
    """Write the weights as the inputs W, R and B of an ONNX `LSTM` node, of two directions if six arrays come.

    Source:
        The operator `LSTM` of ONNX, version 22, in onnx/defs/rnn/defs.cc.

    Examples:
        >>> W, R, B = to_onnx(np.ones((3, 4)), np.ones((1, 4)), np.array([1.0, 2.0, 3.0, 4.0]))
        >>> W.shape, R.shape, B.tolist()
        ((1, 4, 3), (1, 4, 1), [[1.0, 4.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0]])
    """
    directions = _directions([kernel, recurrent_kernel, bias, *backward])
    arrays = [to_layout(LAYOUTS["onnx"], *weights).values() for weights in directions]
    return [np.concatenate(each) for each in zip(*arrays, strict=True)]


def from_tf1(kernel: Array, bias: Array, forget_bias: float = 1.0) -> list[Array]:
    """Read the weights of TensorFlow 1's `BasicLSTMCell`.

    Args:
        kernel: (features + units, 4 * units), the rows of x above those of h, columns in blocks i | g | f | o.
        bias: (4 * units,), the same blocks.
        forget_bias: what the cell adds to the forget gates when it runs; here it goes into the bias.

    Source:
        tf_keras/src/layers/rnn/legacy_cells.py, tf_keras 2.21; TensorFlow 1.15 calls the blocks i, j, f, o.

    Examples:
        >>> kernel, recurrent_kernel, bias = from_tf1(np.ones((3 + 1, 4)), np.zeros(4))
        >>> kernel.shape, recurrent_kernel.shape, bias.tolist()
        ((3, 4), (1, 4), [0.0, 1.0, 0.0, 0.0])
    """
    return from_layout(LAYOUTS["tf1"]._replace(forget_bias=forget_bias), [kernel, bias])


def to_tf1(kernel: Array, recurrent_kernel: Array, bias: Array | None, forget_bias: float = 1.0) -> list[Array]:
    """Write the weights as TensorFlow 1's `BasicLSTMCell` keeps them.

    `forget_bias`, which the cell adds when it runs, is subtracted here; this may round, in the last bit of `forget_bias`.

    Source:
        tf_keras/src/layers/rnn/legacy_cells.py, tf_keras 2.21; TensorFlow 1.15 calls the blocks i, j, f, o.

    Examples:
        >>> kernel, bias = to_tf1(np.ones((3, 4)), np.ones((1, 4)), np.array([0.1, 1.0, 0.2, 0.3]))
        >>> kernel.shape, bias.tolist()
        ((4, 4), [0.1, 0.2, 0.0, 0.3])
    """
    layout = LAYOUTS["tf1"]._replace(forget_bias=forget_bias)
    return list(to_layout(layout, kernel, recurrent_kernel, bias).values())


def _directions(weights: Any) -> list[Sequence[Any]]:
    """Take six arrays apart into those of the two directions."""
    if not isinstance(weights, (list, tuple)) or len(weights) not in (3, 6):
        came = f"{len(weights)} arrays" if isinstance(weights, (list, tuple)) else shown(weights)
        raise ValueError(f"a layer is {came}; expected kernel, recurrent_kernel, bias, for two directions twice")
    return [weights[k : k + 3] for k in range(0, len(weights), 3)]


def _checked(layout: Any) -> Layout:
    """Return the layout, if it says where each gate is, once."""
    if not isinstance(layout, Layout) or not isinstance(layout.arrays, Mapping) or not isinstance(layout.gates, str):
        raise TypeError(f"layout is {shown(layout)}; expected a Layout, such as LAYOUTS['pytorch']")
    if not is_real(layout.forget_bias):
        raise TypeError(f"forget_bias is {shown(layout.forget_bias)}; expected a number")
    if not np.isfinite(check_number("forget_bias", layout.forget_bias)):
        raise ValueError(f"forget_bias is {layout.forget_bias}; expected a finite number")
    held = [_holds(layout, name) for name in layout.arrays]
    every = sorted(part + gate for parts, gates in held for part, gate in product(parts, gates))
    whole = [sorted(map("".join, product(parts, "ifgo"))) for parts in ("xh", "xhb", "xhbr")]
    if every not in whole or not {parts for parts, _ in held} <= {"x", "h", "xh", "hx", "b", "r", "br"}:
        raise ValueError(f"layout is {shown(layout)}; expected each gate of x and h, and of each bias, in one array")
    return layout


def _holds(layout: Layout, name: str) -> tuple[str, str]:
    """Return which of x, h, b, r an array holds, and of which gates."""
    parts, _, gate = str(layout.arrays[name]).partition(":")
    return parts, gate or layout.gates


def _named(layout: Layout, arrays: Any) -> dict[str, Array]:
    """Give each array its name. All must be there, but the biases may be absent together."""
    names = list(layout.arrays)
    needed = [name for name in names if layout.arrays[name][0] in "xh"]
    if isinstance(arrays, Mapping):
        given = {name: _leaf(arrays, name) for name in names}
    elif isinstance(arrays, (list, tuple)) and len(arrays) in (len(names), len(needed)):
        given = dict(zip(names if len(arrays) == len(names) else needed, arrays, strict=True))
    else:
        came = f"{len(arrays)} arrays" if isinstance(arrays, (list, tuple)) else shown(arrays)
        error = ValueError if isinstance(arrays, (list, tuple)) else TypeError
        raise error(f"{came}; expected {len(names)}: {', '.join(names)}")
    given = {name: array for name, array in given.items() if array is not None}
    missing = [name for name in (names if set(given) - set(needed) else needed) if name not in given]
    if missing:
        came = f"; there are {', '.join(map(str, arrays)) or 'none'}" if isinstance(arrays, Mapping) else ""
        came += ". Pass what is inside" if len(arrays) == 1 else ""
        raise ValueError(f"{', '.join(missing)} missing{came}")
    return {name: check_floats(name, array) for name, array in given.items()}


def _leaf(arrays: Any, name: str) -> Any:
    """Look an array up by its name, in mappings within mappings if the name has a dot."""
    if not isinstance(arrays, Mapping) or name in arrays:
        return arrays[name] if isinstance(arrays, Mapping) else None
    first, _, rest = name.partition(".")
    return _leaf(arrays.get(first), rest)


def _axes(layout: Layout, name: str) -> list[tuple[int, int]]:
    """Return how many times units, and how many times features, each axis is long; an axis of length 1 is (0, 0)."""
    parts, gates = _holds(layout, name)
    inputs = [(int("h" in parts), int("x" in parts))]
    axes = [*inputs, (len(gates), 0)] if any(inputs[0]) else [(len(parts) * len(gates), 0)]
    return [(0, 0)] * layout.directions + axes[:: -1 if layout.rows else 1]


def _words(layout: Layout, name: str, units: int = 0, features: int = 0) -> str:
    """Say which shape an array has, in numbers where they are known."""
    words = []
    for n, m in _axes(layout, name):
        known = n * units + m * features if units and (features or not m) else 0
        terms = ["features"] * m + ["units" if n == 1 else f"{n} * units"] * (n > 0)
        words.append(str(known or " + ".join(terms) or 1))
    return f"({', '.join(words)}{',' * (len(words) == 1)})"


def _units(layout: Layout, named: Mapping[str, Array]) -> int:
    """Read the number of units off an array that holds the recurrent kernel."""
    name = next(name for name in named if "h" in layout.arrays[name])
    array, (parts, gates) = named[name], _holds(layout, name)
    wide = array.shape[-2 if layout.rows else -1] if array.ndim > 1 else 0
    if not array.size or not wide or (len(parts) > 1 and wide % len(gates)):
        raise ValueError(
            f"{name} has shape {array.shape}; expected {_words(layout, name)}, a matrix that maps h to gates"
        )
    return int(wide // len(gates) if len(parts) > 1 else min(array.shape[-2:]))


def _columns(layout: Layout, name: str, array: Array, units: int, features: int) -> Array:
    """Return the array with its gates in columns, if its shape fits; 0 features are those not yet known."""
    axes, parts = _axes(layout, name), _holds(layout, name)[0]

    def fits(array: Array) -> bool:
        sizes = zip(array.shape, axes, strict=False)
        known = [n > k * units if m and not features else n == (k * units + m * features or 1) for n, (k, m) in sizes]
        return array.ndim == len(axes) and all(known)

    if not fits(array):
        hint = ""
        if array.ndim > 1 and fits(array.swapaxes(-2, -1)):
            hint = ". Transposed? Swap the last two axes"
        elif layout.directions and array.shape[:1] == (2,):
            hint = ". Two directions? Then each array has two"
        elif parts == "h" and set(array.shape[-2:]) == {units, 3 * units}:
            hint = ". Is it of a GRU?"
        elif parts == "h" and array.ndim == len(axes):
            hint = ". A projection, as of proj_size, is not converted"
        elif len(parts) > 1:
            two = "two biases, one behind the other" if parts == "br" else " and ".join(parts) + ", in this order"
            hint = f". It holds {two}"
        expected = f"{_words(layout, name, units, features)} = {_words(layout, name)}"
        raise ValueError(f"{name} has shape {array.shape}; expected {expected}{hint}")
    array = array[0] if layout.directions else array
    return array.T if layout.rows else array


def _split(layout: Layout, array: Array, gates: str) -> dict[str, Array]:
    """Take the blocks of the last axis apart."""
    step = len(gates)
    blocks = [array[..., k::step] for k in range(step)] if layout.interleaved else np.split(array, step, axis=-1)
    if layout.scrambled and array.ndim == 2:
        blocks = [block.reshape(block.shape[::-1]).T for block in blocks]
    return dict(zip(gates, blocks, strict=True))


def _joined(layout: Layout, blocks: Mapping[str, Array], gates: str) -> Array:
    """Put blocks together on the last axis, in a new array."""
    ordered = [blocks[gate] for gate in gates]
    if layout.scrambled and ordered[0].ndim == 2:
        ordered = [block.T.reshape(block.shape) for block in ordered]
    if layout.interleaved:
        return np.stack(ordered, axis=-1).reshape(*ordered[0].shape[:-1], -1)
    return np.concatenate(ordered, axis=-1)


def _forget(forget_bias: float, units: int) -> Array:
    return np.repeat([0.0, float(forget_bias), 0.0, 0.0], units)


def _sum(bias: Array, other: Array, dtype: Any) -> Array:
    with np.errstate(all="ignore"):
        total: Array = (bias + other.astype(dtype)).astype(dtype)
    if (np.isfinite(bias) & np.isfinite(other) & ~np.isfinite(total)).any():
        raise ValueError(f"the biases, or bias and forget_bias, add up to more than {total.dtype} holds; pass float64")
    return total
