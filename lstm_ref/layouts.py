"""The same layer in the arrays of other systems, there and back.

`LAYOUTS` says how each system keeps the weights, `from_layout` and `to_layout` convert by that, and the other functions are
these two for one system. `from_SYSTEM` takes the arrays of a layer in one direction and returns `[kernel, recurrent_kernel, bias]`, as
`LSTM.set_weights` and Keras 2 and 3 take them: (features, 4 * units), (units, 4 * units), (4 * units,), in blocks i | f | g
| o. `to_SYSTEM` takes those three and returns the system's arrays in its order.

All are new arrays in the dtype of the old ones, float32 or float64, or in float64 where both are joined; another dtype is
a TypeError. A ValueError names the array that has the wrong shape. A bias that is None counts as zeros. Where a system adds
up two biases, `to_SYSTEM` puts the bias into the first and zeros into the second.
"""

# ruff: noqa: N803, for the names of ONNX

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lstm_ref._arguments import shown
from lstm_ref._arrays import check_floats
from lstm_ref._layout import LAYOUTS, PYTORCH, Layout, from_layout, named_arrays, to_layout
from lstm_ref.types import Array

__all__ = [
    "LAYOUTS", "Layout", "from_cudnn", "from_flax", "from_flax_nnx", "from_keras1", "from_layout", "from_onnx", "from_pytorch",
    "from_pytorch_state_dict", "from_tf1", "to_cudnn", "to_flax", "to_flax_nnx", "to_keras1", "to_layout", "to_onnx", "to_pytorch",
    "to_pytorch_state_dict", "to_tf1",
]  # fmt: skip


def from_keras1(*weights: Array) -> list[Array]:
    """Put the twelve arrays of a Keras 1 LSTM together: W, U, b of the gates i, c, f, o, as `get_weights` gives them.

    Source:
        keras/layers/recurrent.py, Keras 1.2.2, `LSTM.build`.

    Examples:
        >>> weights = [np.ones((3, 2)), np.ones((2, 2)), np.ones(2)] * 4
        >>> [array.shape for array in from_keras1(*weights)]
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
        >>> weights = np.ones((8, 3)), np.ones((8, 2)), np.ones(8), np.ones(8)
        >>> [array.shape for array in from_pytorch(*weights)]
        [(3, 8), (2, 8), (8,)]
    """
    arrays = weight_ih, weight_hh, bias_ih, bias_hh
    if more or isinstance(weight_ih, Mapping):
        came = f"{4 + len(more)} arrays" if more else type(weight_ih).__name__
        raise TypeError(f"{came}; expected {', '.join(PYTORCH)}. Is it more? from_pytorch_state_dict(m.state_dict())")
    return from_layout(LAYOUTS["pytorch"], dict(zip(PYTORCH, arrays, strict=True)))


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
        >>> params = to_flax(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))
        >>> [array.shape for array in from_flax(params)]
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
        >>> weights = np.ones((3, 8)), np.ones((2, 8)), np.ones(8)
        >>> [array.shape for array in from_flax_nnx(*weights)]
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
        >>> W, R, B = np.ones((1, 8, 3)), np.ones((1, 8, 2)), np.ones((1, 16))
        >>> [array.shape for array in from_onnx(W, R, B)]
        [(3, 8), (2, 8), (8,)]
    """
    both_gates = isinstance(input_forget, (int, np.integer)) and input_forget == 0
    if clip is not None or not both_gates or (P is not None and check_floats("P", P).any()):
        given = f"clip {shown(clip)}, input_forget {shown(input_forget)}, P {shown(P)}"
        raise ValueError(f"the node has {given}; expected None, 0, and None or zeros: Keras's LSTM has no such thing")
    arrays = named_arrays(LAYOUTS["onnx"], {"W": W, "R": R, "B": B})
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

    `forget_bias`, which the cell adds when it runs, is subtracted here; this may round.

    Source:
        tf_keras/src/layers/rnn/legacy_cells.py, tf_keras 2.21; TensorFlow 1.15 calls the blocks i, j, f, o.

    Examples:
        >>> bias = np.array([0.1, 1.0, 0.2, 0.3])
        >>> kernel, bias = to_tf1(np.ones((3, 4)), np.ones((1, 4)), bias)
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
