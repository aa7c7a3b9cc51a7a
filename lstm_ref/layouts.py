"""The same layer in the arrays of other systems, there and back.

`LAYOUTS` says how each system keeps the weights; `from_layout` and `to_layout` convert by such a description, and the
other functions are these two for one system. `from_SYSTEM` takes the system's own arrays and returns
`[kernel, recurrent_kernel, bias]`, as `LSTM.set_weights` and Keras 2 and 3 take them: of shapes (features, 4 * units),
(units, 4 * units) and (4 * units,), in blocks i | f | g | o. `to_SYSTEM` takes those three and returns the system's arrays
in the system's order.

All are new arrays in the dtype of the old ones, float32 or float64; another dtype is a TypeError. A ValueError names the
array that is missing or has the wrong shape. Where a layer has no bias, leave its biases out, or pass None; the bias is
then zeros. Where a system has two biases, it adds them up: `from_SYSTEM` adds them, `to_SYSTEM` puts the bias into the
first and zeros into the second.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from lstm_ref._checks import check_floats, check_number, is_real, shown
from lstm_ref.types import Array


class Layout(NamedTuple):
    """How a system keeps the weights of one layer in one direction.

    Args:
        arrays: the name of each array, in the system's order, and what it holds: `x` the kernel, `h` the recurrent
            kernel, `xh` or `hx` both in one, `b` the bias, `r` a second bias, `br` both in one. Where an array holds one
            gate only, the gate stands behind a colon, as in `x:i`. A dot in a name leads into a mapping.
        gates: the order of the blocks in an array that holds all four.
        rows: the blocks are rows; otherwise they are columns.
        interleaved: there are no blocks: the four rows, or columns, of unit 0 come first, then those of unit 1.
        scrambled: each block of columns holds its numbers in the order of the transposed block.
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
    "flax_nnx_cell": Layout({name.replace("if.", "if_."): holds for name, holds in _FLAX.items()}, states="ch"),
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
    """Read the arrays of any layout.

    Args:
        layout: one of `LAYOUTS`, or your own.
        arrays: by name, or in the layout's order. Leave all biases out, if there are none.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Source:
        The layout.

    Examples:
        >>> layout = Layout({"w": "hx"}, gates="figo", interleaved=True)   # no bias, h before x, all gates of a unit together
        >>> kernel, recurrent_kernel, bias = from_layout(layout, [np.array([[6.0, 5.0, 7.0, 8.0], [2.0, 1.0, 3.0, 4.0]])])
        >>> kernel.tolist(), recurrent_kernel.tolist(), bias.tolist()
        ([[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]], [0.0, 0.0, 0.0, 0.0])
    """
    named = _named(_checked(layout), arrays)
    units, features = _units(layout, named), 0
    blocks: dict[str, dict[str, Array]] = {part: {} for part in "xhbr"}
    for name, array in named.items():
        parts, gates = _holds(layout, name)
        columns = _columns(layout, name, array, units, features)
        if "x" in parts:
            features = len(columns) - units * (len(parts) - 1)
        sizes = {"x": features, "h": units}
        for part in parts:
            size = sizes.get(part, len(gates) * units)
            blocks[part] |= _split(layout, columns[:size], gates)
            columns = columns[size:]
    kernel, recurrent_kernel, *biases = (_joined(_KERAS, each, _KERAS.gates) for each in blocks.values() if each)
    bias = biases[0] if biases else np.zeros(4 * units, kernel.dtype)
    if len(biases) == 2:
        bias = _sum(bias, biases[1], np.result_type(*biases))
    return [kernel, recurrent_kernel, _sum(bias, _forget(layout.forget_bias, units), bias.dtype)]


def to_layout(layout: Layout, kernel: Array, recurrent_kernel: Array, bias: Array | None) -> dict[str, Array]:
    """Write the weights in any layout.

    Args:
        layout: one of `LAYOUTS`, or your own.
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        The arrays by name, in the layout's order.

    Source:
        The layout.

    Examples:
        >>> layout = Layout({"U": "h", "W": "x"}, gates="ifog", rows=True)   # no bias
        >>> arrays = to_layout(layout, np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[5.0, 6.0, 7.0, 8.0]]), np.zeros(4))
        >>> {name: array.tolist() for name, array in arrays.items()}
        {'U': [[5.0], [6.0], [8.0], [7.0]], 'W': [[1.0], [2.0], [4.0], [3.0]]}
    """
    kernel, recurrent_kernel, bias = from_layout(_KERAS, [kernel, recurrent_kernel, bias])
    if bias.any() and "b" not in "".join(_checked(layout).arrays.values()):
        raise ValueError(f"bias is {shown(bias)}; expected zeros or None: the layout has no bias")
    bias = _sum(bias, -_forget(layout.forget_bias, len(recurrent_kernel)), bias.dtype)
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
    """Put the twelve arrays of a Keras 1 LSTM together.

    Args:
        weights: W (features, units), U (units, units), b (units,) of the gates i, c, f, o, as `get_weights` gives them.

    Source:
        keras/layers/recurrent.py, Keras 1.2.2, `LSTM.build`.

    Examples:
        >>> [array.shape for array in from_keras1(*[np.ones((3, 2)), np.ones((2, 2)), np.ones(2)] * 4)]
        [(3, 8), (2, 8), (8,)]
    """
    if len(weights) != 12:
        raise ValueError(
            f"{len(weights)} arrays; expected the 12 of Keras 1: W, U, b of the gates i, c, f, o. "
            "Three? consume_less='gpu' already had the layout of Keras 2"
        )
    return from_layout(LAYOUTS["keras1"], weights)


def to_keras1(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Take the layer apart into the twelve arrays of a Keras 1 LSTM.

    Returns:
        [W_i, U_i, b_i, W_c, U_c, b_c, W_f, U_f, b_f, W_o, U_o, b_o], of shapes (features, units), (units, units), (units,).

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

    Each gate's block has the shape that Keras gives it, but holds its numbers in the order of the transposed block.

    Args:
        kernel: (features, 4 * units), blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (8 * units,), the same blocks for the input and once more for h.

    Source:
        tf_keras/src/saving/legacy/hdf5_format.py, tf_keras 2.21, `_convert_rnn_weights`.

    Examples:
        >>> [array.shape for array in from_cudnn(np.ones((3, 8)), np.ones((2, 8)), np.ones(16))]
        [(3, 8), (2, 8), (8,)]
    """
    return from_layout(LAYOUTS["cudnn"], [kernel, recurrent_kernel, bias])


def to_cudnn(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Write the weights as Keras 2's `CuDNNLSTM` keeps them.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (8 * units,)], each block of the first
        two transposed and written back into its old shape. Keras's own converter halves the bias.

    Source:
        tf_keras/src/saving/legacy/hdf5_format.py, tf_keras 2.21, `_convert_rnn_weights`.

    Examples:
        >>> block = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
        >>> to_cudnn(np.tile(block, 4), np.ones((3, 12)), np.ones(12))[0][:, :3].tolist()
        [[0.0, 3.0, 1.0], [4.0, 2.0, 5.0]]
    """
    return list(to_layout(LAYOUTS["cudnn"], kernel, recurrent_kernel, bias).values())


def from_pytorch(
    weight_ih: Array,
    weight_hh: Array | None = None,
    bias_ih: Array | None = None,
    bias_hh: Array | None = None,
    *more: Array,
) -> list[Array]:
    """Read the weights of a PyTorch `LSTMCell`, or `LSTM` of one layer and direction, in the order of `parameters()`.

    Args:
        weight_ih: (4 * units, features), rows in blocks i | f | g | o; `weight_ih_l0` of an `LSTM`.
        weight_hh: (4 * units, units), the same blocks.
        bias_ih: (4 * units,), the same blocks.
        bias_hh: (4 * units,), the same blocks; added to `bias_ih`.
        more: none; for more than one layer or direction there is `from_pytorch_state_dict`.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> [array.shape for array in from_pytorch(np.ones((8, 3)), np.ones((8, 2)), np.ones(8), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    if more or isinstance(weight_ih, Mapping):
        came = f"{4 + len(more)} arrays came" if more else f"weight_ih is a {type(weight_ih).__name__}"
        raise TypeError(
            f"{came}; expected weight_ih, weight_hh, bias_ih, bias_hh of one layer in one direction. "
            "For all layers: from_pytorch_state_dict(module.state_dict())"
        )
    arrays = weight_ih, weight_hh, bias_ih, bias_hh
    return from_layout(LAYOUTS["pytorch"], dict(zip(_PYTORCH, arrays, strict=True)))


def to_pytorch(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Write the weights as a PyTorch `LSTM` layer or `LSTMCell` keeps them.

    Returns:
        [weight_ih (4 * units, features), weight_hh (4 * units, units), bias_ih (4 * units,), bias_hh (4 * units,)].

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> weight_ih, weight_hh, bias_ih, bias_hh = to_pytorch(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))
        >>> weight_ih.shape, weight_hh.shape, bias_ih.sum().item(), bias_hh.sum().item()
        ((8, 3), (8, 2), 8.0, 0.0)
    """
    return list(to_layout(LAYOUTS["pytorch"], kernel, recurrent_kernel, bias).values())


def from_pytorch_state_dict(state_dict: Mapping[str, Any], prefix: str | None = None) -> list[list[Array]]:
    """Read a PyTorch `LSTM` of any number of layers, in one direction or two, or an `LSTMCell`, from a state dict.

    Args:
        state_dict: of the module or of a model that has it; its other entries are not read.
        prefix: the module's name in the model, such as `"encoder.lstm"`; needed if the model has several. A GRU and a
            simple RNN have the same names in a state dict; they are refused by their shapes.

    Returns:
        For each layer [kernel, recurrent_kernel, bias], followed by the three of the backward direction if there are two:
        what Keras's `LSTM` or `Bidirectional` takes in `set_weights`. A layer with `proj_size` is a ValueError.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> state_dict = to_pytorch_state_dict([[np.ones((3, 8)), np.ones((2, 8)), np.ones(8)]], "lstm")
        >>> list(state_dict)
        ['lstm.weight_ih_l0', 'lstm.weight_hh_l0', 'lstm.bias_ih_l0', 'lstm.bias_hh_l0']
        >>> [[array.shape for array in layer] for layer in from_pytorch_state_dict(state_dict)]
        [[(3, 8), (2, 8), (8,)]]
    """
    found = _modules(state_dict)
    if prefix is None and len(found) == 1:
        (prefix,) = found
    name = f"{prefix.removesuffix('.')}." if prefix and isinstance(prefix, str) else prefix
    if not isinstance(name, str) or name not in found:
        raise ValueError(
            f"prefix is {shown(prefix)}; the state dict has recurrent layers at "
            f"{', '.join(repr(each.removesuffix('.')) for each in found) or 'no place'}; expected one of them"
        )
    return [_pytorch_layer(name, found[name], number) for number in range(1 + max(number for number, _ in found[name]))]


def to_pytorch_state_dict(layers: Sequence[Sequence[Array]], prefix: str = "") -> dict[str, Array]:
    """Write the weights of a stack of layers as the state dict of a PyTorch `LSTM`.

    Args:
        layers: for each layer three arrays [kernel, recurrent_kernel, bias], or six, the backward direction's last.
        prefix: the module's name in a model, such as `"encoder.lstm"`.

    Returns:
        The arrays by name. For PyTorch make tensors of them: `{name: torch.from_numpy(a) for name, a in arrays.items()}`.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> weights = [np.ones((3, 8)), np.ones((2, 8)), np.ones(8)]
        >>> list(to_pytorch_state_dict([[*weights, *weights]]))[::4]
        ['weight_ih_l0', 'weight_ih_l0_reverse']
    """
    if not isinstance(layers, (list, tuple)) or not layers:
        raise TypeError(f"layers is {shown(layers)}; expected a list with the arrays of each layer")
    if not isinstance(prefix, str):
        raise TypeError(f"prefix is {shown(prefix)}; expected a string")
    result = {}
    for number, layer in enumerate(layers):
        for weights, end in zip(_directions(f"layer {number}", layer), ("", "_reverse"), strict=False):
            for name, array in to_layout(LAYOUTS["pytorch"], *weights).items():
                result[f"{prefix and prefix.removesuffix('.') + '.'}{name}_l{number}{end}"] = array
    return result


def from_flax(params: Mapping[str, Mapping[str, Array]]) -> list[Array]:
    """Read the parameters of a Flax linen `LSTMCell` or `OptimizedLSTMCell`.

    Args:
        params: for each gate `ii if ig io` with a `kernel` (features, units), and `hi hf hg ho` with a `kernel`
            (units, units) and a `bias` (units,): `variables["params"]` of the cell.

    Source:
        flax/linen/recurrent.py, Flax 0.12.8.

    Examples:
        >>> params = to_flax(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))
        >>> [array.shape for array in from_flax(params)]
        [(3, 8), (2, 8), (8,)]
    """
    return from_layout(LAYOUTS["flax"], params)


def to_flax(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> dict[str, dict[str, Array]]:
    """Write the weights as the parameters of a Flax linen `LSTMCell` or `OptimizedLSTMCell`.

    Returns:
        For each gate `ii if ig io` with a `kernel` (features, units), and `hi hf hg ho` with a `kernel` (units, units)
        and a `bias` (units,).

    Source:
        flax/linen/recurrent.py, Flax 0.12.8.

    Examples:
        >>> params = to_flax(np.ones((3, 8)), np.ones((2, 8)), np.arange(8.0))
        >>> list(params), params["hg"]["bias"].tolist()
        (['ii', 'hi', 'if', 'hf', 'ig', 'hg', 'io', 'ho'], [4.0, 5.0])
    """
    return _nested(to_layout(LAYOUTS["flax"], kernel, recurrent_kernel, bias))


def from_flax_nnx(dense_i_kernel: Array, dense_h_kernel: Array, dense_h_bias: Array) -> list[Array]:
    """Read the weights of a Flax nnx `OptimizedLSTMCell`, which has the layout of Keras.

    Args:
        dense_i_kernel: (features, 4 * units), columns in blocks i | f | g | o: `cell.dense_i.kernel`.
        dense_h_kernel: (units, 4 * units), the same blocks: `cell.dense_h.kernel`.
        dense_h_bias: (4 * units,), the same blocks: `cell.dense_h.bias`.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> [array.shape for array in from_flax_nnx(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    return from_layout(LAYOUTS["flax_nnx"], [dense_i_kernel, dense_h_kernel, dense_h_bias])


def to_flax_nnx(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> list[Array]:
    """Write the weights as a Flax nnx `OptimizedLSTMCell` keeps them, which is as Keras does.

    Returns:
        [dense_i.kernel (features, 4 * units), dense_h.kernel (units, 4 * units), dense_h.bias (4 * units,)].

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> [array.shape for array in to_flax_nnx(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    return list(to_layout(LAYOUTS["flax_nnx"], kernel, recurrent_kernel, bias).values())


def from_flax_nnx_cell(state: Mapping[str, Mapping[str, Array]]) -> list[Array]:
    """Read the weights of a Flax nnx `LSTMCell`, which has arrays of each gate as Flax linen has.

    Args:
        state: `nnx.to_pure_dict(nnx.state(cell, nnx.Param))`: as for `from_flax`, with `if_` for `if`.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> state = to_flax_nnx_cell(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))
        >>> [array.shape for array in from_flax_nnx_cell(state)]
        [(3, 8), (2, 8), (8,)]
    """
    return from_layout(LAYOUTS["flax_nnx_cell"], state)


def to_flax_nnx_cell(kernel: Array, recurrent_kernel: Array, bias: Array | None) -> dict[str, dict[str, Array]]:
    """Write the weights as a Flax nnx `LSTMCell` keeps them.

    Returns:
        As `to_flax`, with `if_` for `if`.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> list(to_flax_nnx_cell(np.ones((3, 8)), np.ones((2, 8)), np.ones(8)))
        ['ii', 'hi', 'if_', 'hf', 'ig', 'hg', 'io', 'ho']
    """
    return _nested(to_layout(LAYOUTS["flax_nnx_cell"], kernel, recurrent_kernel, bias))


def from_onnx(
    W: Array,  # noqa: N803, the names of the specification
    R: Array,  # noqa: N803
    B: Array | None = None,  # noqa: N803
    *,
    P: Array | None = None,  # noqa: N803
    input_forget: int = 0,
    clip: float | None = None,
) -> list[Array]:
    """Read the inputs of an ONNX `LSTM` node.

    Args:
        W: (1, 4 * units, features), rows in blocks i | o | f | g; with two directions (2, 4 * units, features).
        R: (1, 4 * units, units), the same blocks.
        B: (1, 8 * units), the same blocks for the input and once more for h. A node without B has no bias.
        P: the node's peepholes. Pass what the node has: one with peepholes computes something else than Keras's LSTM, and
            is a ValueError. So is one with the attribute `input_forget` or `clip`.
        input_forget: the node's attribute.
        clip: the node's attribute.

    Returns:
        [kernel, recurrent_kernel, bias], followed by the three of the backward direction if there are two.

    Source:
        The operator `LSTM` of ONNX, version 22, in onnx/defs/rnn/defs.cc.

    Examples:
        >>> [array.shape for array in from_onnx(np.ones((1, 8, 3)), np.ones((1, 8, 2)), np.ones((1, 16)))]
        [(3, 8), (2, 8), (8,)]
        >>> [array.shape for array in from_onnx(np.ones((2, 8, 3)), np.ones((2, 8, 2)))]
        [(3, 8), (2, 8), (8,), (3, 8), (2, 8), (8,)]
    """
    if P is not None and check_floats("P", P).any():
        raise ValueError("the node has peepholes P; expected none, or zeros: the gates of Keras's LSTM do not read c")
    if clip is not None:
        raise ValueError(f"the node has clip {shown(clip)}; expected none: Keras's LSTM does not clip")
    if input_forget is not False and input_forget != 0:
        raise ValueError(f"the node has input_forget {shown(input_forget)}; expected 0: Keras's LSTM has both gates")
    arrays = _named(LAYOUTS["onnx"], {"W": W, "R": R, "B": B})
    if any(array.shape[:1] != (2,) for array in arrays.values()):
        return from_layout(LAYOUTS["onnx"], arrays)
    directions = ({name: array[d : d + 1] for name, array in arrays.items()} for d in range(2))
    return [array for each in directions for array in from_layout(LAYOUTS["onnx"], each)]


def to_onnx(kernel: Array, recurrent_kernel: Array, bias: Array | None, *backward: Array | None) -> list[Array]:
    """Write the weights as the inputs W, R and B of an ONNX `LSTM` node.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.
        backward: the same three of the backward direction, if there is one.

    Returns:
        [W (1, 4 * units, features), R (1, 4 * units, units), B (1, 8 * units)], blocks i | o | f | g. With two
        directions the first axis has size 2.

    Source:
        The operator `LSTM` of ONNX, version 22, in onnx/defs/rnn/defs.cc.

    Examples:
        >>> W, R, B = to_onnx(np.ones((3, 4)), np.ones((1, 4)), np.array([1.0, 2.0, 3.0, 4.0]))
        >>> W.shape, R.shape, B.tolist()
        ((1, 4, 3), (1, 4, 1), [[1.0, 4.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0]])
    """
    directions = _directions("the layer", [kernel, recurrent_kernel, bias, *backward])
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

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.
        forget_bias: what the cell adds to the forget gates when it runs, and what is subtracted from them here. With
            other than 0 the subtraction may round, in the last bit of `forget_bias`.

    Returns:
        [kernel (features + units, 4 * units), bias (4 * units,)], blocks i | g | f | o.

    Source:
        tf_keras/src/layers/rnn/legacy_cells.py, tf_keras 2.21; TensorFlow 1.15 calls the blocks i, j, f, o.

    Examples:
        >>> kernel, bias = to_tf1(np.ones((3, 4)), np.ones((1, 4)), np.array([0.1, 1.0, 0.2, 0.3]))
        >>> kernel.shape, bias.tolist()
        ((4, 4), [0.1, 0.2, 0.0, 0.3])
    """
    layout = LAYOUTS["tf1"]._replace(forget_bias=forget_bias)
    return list(to_layout(layout, kernel, recurrent_kernel, bias).values())


def _directions(what: str, weights: Any) -> list[Sequence[Any]]:
    """Take three arrays, or six, apart into one list a direction."""
    if not isinstance(weights, (list, tuple)) or len(weights) not in (3, 6):
        came = f"{len(weights)} arrays" if isinstance(weights, (list, tuple)) else shown(weights)
        raise ValueError(f"{what} is {came}; expected kernel, recurrent_kernel, bias, or these of both directions")
    return [weights[k : k + 3] for k in range(0, len(weights), 3)]


def _nested(arrays: Mapping[str, Array]) -> dict[str, dict[str, Array]]:
    result: dict[str, dict[str, Array]] = {}
    for name, array in arrays.items():
        outer, _, leaf = name.partition(".")
        result.setdefault(outer, {})[leaf] = array
    return result


def _modules(state_dict: Any) -> dict[str, dict[tuple[int, str], dict[str, Any]]]:
    """Sort the recurrent arrays of a state dict by module, then by layer and direction."""
    if not isinstance(state_dict, Mapping):
        came = type(state_dict).__name__
        raise TypeError(f"state_dict is {shown(state_dict)} of type {came}; expected a mapping: module.state_dict()")
    found: dict[str, dict[tuple[int, str], dict[str, Any]]] = {}
    for key, value in state_dict.items():
        match = re.fullmatch(r"(|.*\.)((?:weight|bias)_(?:ih|hh|hr))(?:_l(\d+)(_reverse)?)?", str(key))
        if match:
            module, name, number, reverse = match.groups()
            found.setdefault(module, {}).setdefault((int(number or 0), reverse or ""), {})[name] = value
    return found


def _pytorch_layer(module: str, found: Mapping[tuple[int, str], dict[str, Any]], number: int) -> list[Array]:
    """Convert one layer of a module, in the directions that its first layer has."""
    weights: list[Array] = []
    ends = [end for end in ("", "_reverse") if any(each == end for _, each in found)]
    for end in ends:
        arrays = found.get((number, end), {})
        if "weight_hr" in arrays:
            raise ValueError(f"{module}weight_hr_l{number}{end}: proj_size is not converted, Keras has no such layer")
        try:
            weights += from_layout(LAYOUTS["pytorch"], arrays)
        except (TypeError, ValueError) as error:
            raise type(error)(f"layer {number}{end} of {shown(module)}: {error}") from error
    return weights


def _checked(layout: Layout) -> Layout:
    """Return the layout, if it says where each gate is, once."""
    if not isinstance(layout, Layout):
        raise TypeError(f"layout is {shown(layout)}; expected a Layout, such as LAYOUTS['pytorch']")
    if not is_real(layout.forget_bias):
        came = type(layout.forget_bias).__name__
        raise TypeError(f"forget_bias is {shown(layout.forget_bias)} of type {came}; expected a number")
    if not np.isfinite(check_number("forget_bias", layout.forget_bias)):
        raise ValueError(f"forget_bias is {layout.forget_bias}; expected a finite number")
    form = re.compile(r"(x|h|xh|hx|b|r|br)(:[ifgo])?")
    fits = all(form.fullmatch(holds) for holds in layout.arrays.values()) and sorted(layout.gates) == sorted("ifgo")
    if fits:
        held = sorted(
            part + gate
            for name in layout.arrays
            for part in _holds(layout, name)[0]
            for gate in _holds(layout, name)[1]
        )
        fits = held in [sorted(part + gate for part in parts for gate in "ifgo") for parts in ("xh", "xhb", "xhbr")]
    if not fits:
        raise ValueError(
            f"layout has gates {shown(layout.gates)} and arrays {shown(layout.arrays)}; "
            "expected i, f, g, o in any order, and each gate of x and h, and of b if there is a bias, in one array"
        )
    return layout


def _holds(layout: Layout, name: str) -> tuple[str, str]:
    """Return which of x, h, b, r an array holds, and of which gates."""
    parts, _, gate = layout.arrays[name].partition(":")
    return parts, gate or layout.gates


def _named(layout: Layout, arrays: Any) -> dict[str, Array]:
    """Give each array its name, and check that all are there; the biases may be absent together."""
    needed = [name for name in layout.arrays if _holds(layout, name)[0] not in ("b", "r", "br")]
    names = list(layout.arrays)
    if isinstance(arrays, Mapping):
        given = {name: _leaf(arrays, name) for name in names}
        came = f"there are {', '.join(map(str, arrays)) or 'no arrays'}"
    elif isinstance(arrays, (list, tuple)):
        names = needed if len(arrays) == len(needed) else names
        given = dict(zip(names, arrays, strict=False))
        came = f"{len(arrays)} arrays"
        if len(arrays) != len(names):
            raise ValueError(f"{came}; expected {len(names)}: {', '.join(names)}")
    else:
        raise TypeError(f"arrays are {shown(arrays)} of type {type(arrays).__name__}; expected {', '.join(names)}")
    there = [name for name in names if given[name] is not None]
    missing = [name for name in (layout.arrays if set(there) - set(needed) else needed) if name not in there]
    if missing:
        inside = (
            [key for key, value in arrays.items() if isinstance(value, Mapping)] if isinstance(arrays, Mapping) else []
        )
        fix = f". Pass what is inside, [{inside[0]!r}]?" if len(inside) == 1 else ""
        raise ValueError(f"{came}; {', '.join(missing)} missing{fix}")
    return {name: check_floats(name, given[name]) for name in there}


def _leaf(arrays: Mapping[str, Any], name: str) -> Any:
    value: Any = arrays.get(name)
    if value is None and "." in name:
        value = arrays
        for key in name.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _units(layout: Layout, named: Mapping[str, Array]) -> int:
    """Read the number of units off an array that holds the recurrent kernel."""
    name = next(name for name in named if "h" in _holds(layout, name)[0])
    parts, gates = _holds(layout, name)
    shape = named[name].shape
    if len(shape) < 2 or not named[name].size:
        raise ValueError(f"{name} has shape {shape}; expected {_words(layout, name)}, a matrix that maps h to gates")
    if parts == "h":
        return int(min(shape[-2:]))
    wide = int(shape[-2 if layout.rows else -1])
    if wide % len(gates):
        raise ValueError(f"{name} has shape {shape}; expected {_words(layout, name)}")
    return wide // len(gates)


def _axes(layout: Layout, name: str) -> list[tuple[int, int]]:
    """Return how many times units, and how many times features, each axis of an array is long."""
    parts, gates = _holds(layout, name)
    if "x" not in parts and "h" not in parts:
        return [(len(gates) * len(parts), 0)]
    axes = [(int("h" in parts), int("x" in parts)), (len(gates), 0)]
    return axes[::-1] if layout.rows else axes


def _words(layout: Layout, name: str, units: int = 0, features: int = 0) -> str:
    """Say which shape an array has, in numbers where they are known."""
    words = ["1"] if layout.directions else []
    for n, m in _axes(layout, name):
        known = n * units + m * features if units and (features or not m) else 0
        of_units = ["units" if n == 1 else f"{n} * units"] if n else []
        words.append(str(known) if known else " + ".join(["features"] * m + of_units))
    return f"({', '.join(words)}{',' * (len(words) == 1)})"


def _columns(layout: Layout, name: str, array: Array, units: int, features: int) -> Array:
    """Return the array with gates in columns, if its shape fits; 0 features are those not yet known."""
    parts, gates = _holds(layout, name)
    axes = [(1, False)] if layout.directions else []
    axes += [(n * units + m * features, bool(m) and not features) for n, m in _axes(layout, name)]

    def fits(shape: tuple[int, ...]) -> bool:
        sizes = zip(shape, axes, strict=False)
        return len(shape) == len(axes) and all(size > n if is_open else size == n for size, (n, is_open) in sizes)

    if not fits(array.shape):
        wide = array.shape[-2 if layout.rows else -1] if array.ndim > 1 else array.size
        hint = ""
        if array.ndim > 1 and fits(array.swapaxes(-2, -1).shape):
            hint = ". Transposed? Swap the last two axes"
        elif parts == "h" and wide == 3 * units and len(gates) == 4:
            hint = ". Three blocks? That is a GRU"
        elif parts == "h" and array.ndim == len(axes):
            hint = ". Fewer than units? A projection, such as proj_size, is not converted"
        elif parts == "br" and 2 * wide == axes[-1][0]:
            hint = ". It holds two biases, one behind the other"
        elif len(parts) == 2 and "x" in parts:
            hint = f". It holds {' and '.join(parts)} in one, in this order"
        elif layout.directions and array.shape[:1] == (2,):
            hint = ". Two directions? Then all arrays have two"
        came = f"{name} has shape {array.shape}; expected {_words(layout, name, units, features)}"
        raise ValueError(f"{came} = {_words(layout, name)}{hint}")
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
