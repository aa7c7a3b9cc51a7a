"""The same layer in the arrays of other systems, there and back.

`from_SYSTEM` takes a system's own arrays and returns `[kernel, recurrent_kernel, bias]`, as `LSTM.set_weights` and
Keras 2 and 3 take them; `to_SYSTEM` takes those three and returns the system's arrays in the system's order. All are new
arrays in the dtype of the old ones, float32 or float64 (another is a TypeError). One layer and one direction at a time;
for a layer without bias pass zeros.

Where a system has two biases, it adds them up: `to_SYSTEM` puts the bias into the first and zeros into the second, and
`from_SYSTEM` adds.
"""

from collections.abc import Callable, Mapping

import numpy as np

from lstm_ref._checks import check_floats
from lstm_ref.types import Array

KERAS, KERAS1, ONNX, TF1 = "ifgo", "igfo", "iofg", "igfo"


def from_keras1(*weights: Array) -> list[Array]:
    """Put the twelve arrays of a Keras 1 LSTM together.

    Args:
        weights: W (features, units), U (units, units), b (units,) of the gates i, c, f, o, as `get_weights` gives them.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: there are not twelve arrays, or a shape is wrong.

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
    units = _units("U_i", weights[1])
    features = len(_checked("W_i", weights[0], (None, units)))
    gates = "icfo"
    kernels = [_checked(f"W_{gate}", W, (features, units)) for gate, W in zip(gates, weights[0::3], strict=True)]
    recurrent = [_checked(f"U_{gate}", U, (units, units)) for gate, U in zip(gates, weights[1::3], strict=True)]
    biases = [_checked(f"b_{gate}", b, (units,)) for gate, b in zip(gates, weights[2::3], strict=True)]
    return [_ordered(np.concatenate(blocks, axis=-1), KERAS1, KERAS) for blocks in (kernels, recurrent, biases)]


def to_keras1(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Take the layer apart into the twelve arrays of a Keras 1 LSTM.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        [W_i, U_i, b_i, W_c, U_c, b_c, W_f, U_f, b_f, W_o, U_o, b_o], of shapes (features, units), (units, units), (units,).

    Raises:
        ValueError: a shape is wrong.

    Source:
        keras/layers/recurrent.py, Keras 1.2.2, `LSTM.build`.

    Examples:
        >>> bias = np.array([1.0, 2.0, 3.0, 4.0])
        >>> [b.item() for b in to_keras1(np.ones((3, 4)), np.ones((1, 4)), bias)[2::3]]
        [1.0, 3.0, 2.0, 4.0]
    """
    weights = _keras(kernel, recurrent_kernel, bias)
    blocks = (np.split(_ordered(array, KERAS, KERAS1), 4, axis=-1) for array in weights)
    return [array for gate in zip(*blocks, strict=True) for array in gate]


def from_cudnn(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Read the weights of Keras 2's `CuDNNLSTM`.

    Each gate's block has the shape that Keras gives it, but holds its numbers in the order of the transposed block.

    Args:
        kernel: (features, 4 * units), blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (8 * units,), the same blocks for the input and once more for h.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        tf_keras/src/saving/legacy/hdf5_format.py, tf_keras 2.21, `_convert_rnn_weights`.

    Examples:
        >>> [array.shape for array in from_cudnn(np.ones((3, 8)), np.ones((2, 8)), np.ones(16))]
        [(3, 8), (2, 8), (8,)]
    """
    units = _units("recurrent_kernel", recurrent_kernel)
    both = _checked("bias", bias, (8 * units,), "4 * units belong to Keras's LSTM, not to CuDNNLSTM")
    input_bias, recurrent_bias = np.split(both, 2)
    weights = _keras(kernel, recurrent_kernel, input_bias + recurrent_bias)
    return [*(_by_block(array, lambda block: block.reshape(block.shape[::-1]).T) for array in weights[:2]), weights[2]]


def to_cudnn(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Write the weights as Keras 2's `CuDNNLSTM` keeps them.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (8 * units,)], each block of the first
        two transposed and written back into its old shape. Keras's own converter halves the bias.

    Raises:
        ValueError: a shape is wrong.

    Source:
        tf_keras/src/saving/legacy/hdf5_format.py, tf_keras 2.21, `_convert_rnn_weights`.

    Examples:
        >>> block = np.array([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
        >>> to_cudnn(np.tile(block, 4), np.ones((3, 12)), np.ones(12))[0][:, :3].tolist()
        [[0.0, 3.0, 1.0], [4.0, 2.0, 5.0]]
    """
    weights = _keras(kernel, recurrent_kernel, bias)
    kernels = [_by_block(array, lambda block: block.T.reshape(block.shape)) for array in weights[:2]]
    return [*kernels, np.concatenate(_two_biases(weights[2]))]


def from_pytorch(weight_ih: Array, weight_hh: Array, bias_ih: Array, bias_hh: Array) -> list[Array]:
    """Read the weights of a PyTorch `LSTM` layer or `LSTMCell`, in the order of `parameters()`.

    Args:
        weight_ih: (4 * units, features), rows in blocks i | f | g | o; `weight_ih_l0` of an `LSTM`.
        weight_hh: (4 * units, units), the same blocks.
        bias_ih: (4 * units,), the same blocks.
        bias_hh: (4 * units,), the same blocks; added to `bias_ih`.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> [array.shape for array in from_pytorch(np.ones((8, 3)), np.ones((8, 2)), np.ones(8), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    units = _units("weight_hh", weight_hh)
    recurrent_kernel = _checked("weight_hh", weight_hh, (4 * units, units), "proj_size is not converted").T.copy()
    kernel = _checked("weight_ih", weight_ih, (4 * units, None)).T.copy()
    bias = _checked("bias_ih", bias_ih, (4 * units,)) + _checked("bias_hh", bias_hh, (4 * units,))
    return [kernel, recurrent_kernel, bias]


def to_pytorch(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Write the weights as a PyTorch `LSTM` layer or `LSTMCell` keeps them.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        [weight_ih (4 * units, features), weight_hh (4 * units, units), bias_ih (4 * units,), bias_hh (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        torch/nn/modules/rnn.py, PyTorch 2.13.

    Examples:
        >>> weight_ih, weight_hh, bias_ih, bias_hh = to_pytorch(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))
        >>> weight_ih.shape, weight_hh.shape, bias_ih.sum().item(), bias_hh.sum().item()
        ((8, 3), (8, 2), 8.0, 0.0)
    """
    kernel, recurrent_kernel, bias = _keras(kernel, recurrent_kernel, bias)
    return [kernel.T, recurrent_kernel.T, *_two_biases(bias)]


def from_flax(params: Mapping[str, Mapping[str, Array]]) -> list[Array]:
    """Read the parameters of a Flax linen `LSTMCell` or `OptimizedLSTMCell`.

    Args:
        params: for each gate `ii if ig io` with a `kernel` (features, units), and `hi hf hg ho` with a `kernel`
            (units, units) and a `bias` (units,): `variables["params"]` of the cell.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: a name is missing, or a shape is wrong.

    Source:
        flax/linen/recurrent.py, Flax 0.12.8.

    Examples:
        >>> params = to_flax(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))
        >>> [array.shape for array in from_flax(params)]
        [(3, 8), (2, 8), (8,)]
    """
    names = [(side + gate, leaf) for side, leaf in (("i", "kernel"), ("h", "kernel"), ("h", "bias")) for gate in KERAS]
    missing = [f"{name}.{leaf}" for name, leaf in names if leaf not in params.get(name, {})]
    if missing:
        raise ValueError(
            f"params has {', '.join(params) or 'nothing'}; {', '.join(missing)} missing. "
            'Pass what is inside: variables["params"], and ["cell"] of that if there is one'
        )
    units = _units("hi.kernel", params["hi"]["kernel"])
    features = len(_checked("ii.kernel", params["ii"]["kernel"], (None, units)))
    shapes = [shape for shape in ((features, units), (units, units), (units,)) for _ in KERAS]
    arrays = [
        _checked(f"{name}.{leaf}", params[name][leaf], shape) for (name, leaf), shape in zip(names, shapes, strict=True)
    ]
    return [np.concatenate(arrays[k : k + 4], axis=-1) for k in (0, 4, 8)]


def to_flax(kernel: Array, recurrent_kernel: Array, bias: Array) -> dict[str, dict[str, Array]]:
    """Write the weights as the parameters of a Flax linen `LSTMCell` or `OptimizedLSTMCell`.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        For each gate `ii if ig io` with a `kernel` (features, units), and `hi hf hg ho` with a `kernel` (units, units)
        and a `bias` (units,).

    Raises:
        ValueError: a shape is wrong.

    Source:
        flax/linen/recurrent.py, Flax 0.12.8.

    Examples:
        >>> params = to_flax(np.ones((3, 8)), np.ones((2, 8)), np.arange(8.0))
        >>> list(params), params["hg"]["bias"].tolist()
        (['ii', 'hi', 'if', 'hf', 'ig', 'hg', 'io', 'ho'], [4.0, 5.0])
    """
    blocks = (np.split(array, 4, axis=-1) for array in _keras(kernel, recurrent_kernel, bias))
    params = {}
    for gate, kernel, recurrent_kernel, bias in zip(KERAS, *blocks, strict=True):
        params["i" + gate] = {"kernel": kernel}
        params["h" + gate] = {"kernel": recurrent_kernel, "bias": bias}
    return params


def from_flax_nnx(dense_i_kernel: Array, dense_h_kernel: Array, dense_h_bias: Array) -> list[Array]:
    """Read the weights of a Flax nnx `OptimizedLSTMCell`, which has the layout of Keras.

    Args:
        dense_i_kernel: (features, 4 * units), columns in blocks i | f | g | o: `cell.dense_i.kernel`.
        dense_h_kernel: (units, 4 * units), the same blocks: `cell.dense_h.kernel`.
        dense_h_bias: (4 * units,), the same blocks: `cell.dense_h.bias`.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> [array.shape for array in from_flax_nnx(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    return _keras(dense_i_kernel, dense_h_kernel, dense_h_bias, ("dense_i.kernel", "dense_h.kernel", "dense_h.bias"))


def to_flax_nnx(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Write the weights as a Flax nnx `OptimizedLSTMCell` keeps them, which is as Keras does.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        [dense_i.kernel (features, 4 * units), dense_h.kernel (units, 4 * units), dense_h.bias (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        flax/nnx/nn/recurrent.py, Flax 0.12.8.

    Examples:
        >>> [array.shape for array in to_flax_nnx(np.ones((3, 8)), np.ones((2, 8)), np.ones(8))]
        [(3, 8), (2, 8), (8,)]
    """
    return _keras(kernel, recurrent_kernel, bias)


def from_onnx(W: Array, R: Array, B: Array) -> list[Array]:  # noqa: N803, the names of the specification
    """Read the inputs W, R and B of an ONNX `LSTM` node of one direction.

    Args:
        W: (1, 4 * units, features), rows in blocks i | o | f | g.
        R: (1, 4 * units, units), the same blocks.
        B: (1, 8 * units), the same blocks for the input and once more for h.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        The operator `LSTM` of ONNX, version 22, in onnx/defs/rnn/defs.cc.

    Examples:
        >>> [array.shape for array in from_onnx(np.ones((1, 8, 3)), np.ones((1, 8, 2)), np.ones((1, 16)))]
        [(3, 8), (2, 8), (8,)]
    """
    units = _units("R", R)
    fix = "Two directions? Convert W[:1], R[:1], B[:1], then W[1:], R[1:], B[1:]"
    input_bias, recurrent_bias = np.split(_checked("B", B, (1, 8 * units), fix)[0], 2)
    kernel = _checked("W", W, (1, 4 * units, None), fix)[0].T
    recurrent_kernel = _checked("R", R, (1, 4 * units, units), fix)[0].T
    return [_ordered(array, ONNX, KERAS) for array in (kernel, recurrent_kernel, input_bias + recurrent_bias)]


def to_onnx(kernel: Array, recurrent_kernel: Array, bias: Array) -> list[Array]:
    """Write the weights as the inputs W, R and B of an ONNX `LSTM` node of one direction.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.

    Returns:
        [W (1, 4 * units, features), R (1, 4 * units, units), B (1, 8 * units)], blocks i | o | f | g.

    Raises:
        ValueError: a shape is wrong.

    Source:
        The operator `LSTM` of ONNX, version 22, in onnx/defs/rnn/defs.cc.

    Examples:
        >>> W, R, B = to_onnx(np.ones((3, 4)), np.ones((1, 4)), np.array([1.0, 2.0, 3.0, 4.0]))
        >>> W.shape, R.shape, B.tolist()
        ((1, 4, 3), (1, 4, 1), [[1.0, 4.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0]])
    """
    weights = _keras(kernel, recurrent_kernel, bias)
    kernel, recurrent_kernel, bias = (_ordered(array, KERAS, ONNX) for array in weights)
    return [array[np.newaxis] for array in (kernel.T, recurrent_kernel.T, np.concatenate(_two_biases(bias)))]


def from_tf1(kernel: Array, bias: Array, forget_bias: float = 1.0) -> list[Array]:
    """Read the weights of TensorFlow 1's `BasicLSTMCell`.

    Args:
        kernel: (features + units, 4 * units), the rows of x above those of h, columns in blocks i | g | f | o.
        bias: (4 * units,), the same blocks.
        forget_bias: what the cell adds to the forget gates when it runs; here it goes into the bias.

    Returns:
        [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)].

    Raises:
        ValueError: a shape is wrong.

    Source:
        tf_keras/src/layers/rnn/legacy_cells.py, tf_keras 2.21; TensorFlow 1.15 calls the blocks i, j, f, o.

    Examples:
        >>> kernel, recurrent_kernel, bias = from_tf1(np.ones((3 + 1, 4)), np.zeros(4))
        >>> kernel.shape, recurrent_kernel.shape, bias.tolist()
        ((3, 4), (1, 4), [0.0, 1.0, 0.0, 0.0])
    """
    bias = check_floats("bias", bias)
    units = bias.size // 4
    bias = _checked("bias", bias, (4 * units,))
    fused = _checked("kernel", kernel, (None, 4 * units), "It is kernel above recurrent_kernel, in one")
    if len(fused) <= units:
        raise ValueError(f"kernel has shape {fused.shape}; expected more than units = {units} rows: features + units")
    features = len(fused) - units
    kernel, recurrent_kernel, bias = (
        _ordered(array, TF1, KERAS) for array in (fused[:features], fused[features:], bias)
    )
    return [kernel, recurrent_kernel, bias + _forget(forget_bias, bias)]


def to_tf1(kernel: Array, recurrent_kernel: Array, bias: Array, forget_bias: float = 1.0) -> list[Array]:
    """Write the weights as TensorFlow 1's `BasicLSTMCell` keeps them.

    Args:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.
        forget_bias: what the cell adds to the forget gates when it runs, and what is subtracted from them here. With
            other than 0 the subtraction may round, in the last bit of `forget_bias`.

    Returns:
        [kernel (features + units, 4 * units), bias (4 * units,)], blocks i | g | f | o.

    Raises:
        ValueError: a shape is wrong.

    Source:
        tf_keras/src/layers/rnn/legacy_cells.py, tf_keras 2.21; TensorFlow 1.15 calls the blocks i, j, f, o.

    Examples:
        >>> kernel, bias = to_tf1(np.ones((3, 4)), np.ones((1, 4)), np.array([0.1, 1.0, 0.2, 0.3]))
        >>> kernel.shape, bias.tolist()
        ((4, 4), [0.1, 0.2, 0.0, 0.3])
    """
    kernel, recurrent_kernel, bias = _keras(kernel, recurrent_kernel, bias)
    fused = np.concatenate([kernel, recurrent_kernel])
    return [_ordered(array, KERAS, TF1) for array in (fused, bias - _forget(forget_bias, bias))]


def _ordered(array: Array, source: str, target: str) -> Array:
    """Move the four blocks of the last axis from one order of gates to another."""
    blocks = dict(zip(source, np.split(array, 4, axis=-1), strict=True))
    return np.concatenate([blocks[gate] for gate in target], axis=-1)


def _by_block(array: Array, change: Callable[[Array], Array]) -> Array:
    return np.concatenate([change(block) for block in np.split(array, 4, axis=-1)], axis=-1)


def _two_biases(bias: Array) -> list[Array]:
    return [bias, np.zeros_like(bias)]


def _forget(forget_bias: float, bias: Array) -> Array:
    return np.repeat([0, forget_bias, 0, 0], bias.size // 4).astype(bias.dtype)


def _units(name: str, recurrent: Array) -> int:
    """Read the number of units off a recurrent array: the shorter of its last two axes."""
    array = check_floats(name, recurrent)
    if array.ndim < 2 or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; expected a matrix that maps h to gates")
    units: int = min(array.shape[-2:])
    return units


def _checked(name: str, value: Array, shape: tuple[int | None, ...], fix: str = "") -> Array:
    """Return the array if it has this shape, where `None` is any number of features."""

    def fits(array: Array) -> bool:
        return array.ndim == len(shape) and all(n in (m, None) for m, n in zip(array.shape, shape, strict=True))

    array = check_floats(name, value)
    if not fits(array) or array.size == 0:
        wanted = ", ".join("features" if n is None else str(n) for n in shape) + "," * (len(shape) == 1)
        if array.ndim > 1 and fits(array.swapaxes(-2, -1)):
            fix = "Transposed? Swap the last two axes"
        raise ValueError(f"{name} has shape {array.shape}; expected ({wanted}){fix and '. '}{fix}")
    return array


def _keras(
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array,
    names: tuple[str, str, str] = ("kernel", "recurrent_kernel", "bias"),
) -> list[Array]:
    """Return new arrays, or say which shape is wrong."""
    units = _units(names[1], recurrent_kernel)
    shapes = [(None, 4 * units), (units, 4 * units), (4 * units,)]
    arrays = zip(names, (kernel, recurrent_kernel, bias), shapes, strict=True)
    return [_checked(name, array, shape).copy() for name, array, shape in arrays]
