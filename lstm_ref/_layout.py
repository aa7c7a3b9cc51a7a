"""How a system keeps the weights of an LSTM, told as plain data, and the one conversion that reads it."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from lstm_ref._arguments import check_number, is_real, shown
from lstm_ref._arrays import check_floats
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


PYTORCH = {"weight_ih": "x", "weight_hh": "h", "bias_ih": "b", "bias_hh": "r"}
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
    "pytorch": Layout(PYTORCH, rows=True),
    "flax": Layout(_FLAX, states="ch"),
    "flax_nnx": Layout({"dense_i.kernel": "x", "dense_h.kernel": "h", "dense_h.bias": "b"}, states="ch"),
    "flax_nnx_lstmcell": Layout({name.replace("if.", "if_."): holds for name, holds in _FLAX.items()}, states="ch"),
    "onnx": Layout({"W": "x", "R": "h", "B": "br"}, gates="iofg", rows=True, directions=True),
    "tf1": Layout({"kernel": "xh", "bias": "b"}, gates="igfo", forget_bias=1.0, states="ch"),
    "tinygrad": Layout(PYTORCH, rows=True),
    "paddle": Layout(PYTORCH, rows=True),
    "equinox": Layout({"weight_ih": "x", "weight_hh": "h", "bias": "b"}, rows=True),
    "mlx": Layout({"Wx": "x", "Wh": "h", "bias": "b"}, rows=True),
    "haiku": Layout({"w": "xh", "b": "b"}, gates="igfo", forget_bias=1.0),
    "openvino": Layout({"W": "x", "R": "h", "B": "b"}, gates="figo", rows=True),
}


def from_layout(layout: Layout, arrays: Mapping[str, Any] | Sequence[Any]) -> list[Array]:
    """Read the arrays of a layout: one of `LAYOUTS`, or your own.

    Args:
        layout: how they are kept.
        arrays: by name, or in the layout's order.

    Source:
        The system's own.

    Examples:
        >>> layout = Layout({"W": "hx"}, gates="figo", interleaved=True)
        >>> W = np.array([[6.0, 5.0, 7.0, 8.0], [2.0, 1.0, 3.0, 4.0]])
        >>> [array.tolist() for array in from_layout(layout, [W])]
        [[[1.0, 2.0, 3.0, 4.0]], [[5.0, 6.0, 7.0, 8.0]], [0.0, 0.0, 0.0, 0.0]]
    """
    named = named_arrays(_checked(layout), arrays)
    units, features = _units(layout, named), 0
    blocks: dict[str, dict[str, Array]] = {part: {} for part in "xhbr"}
    for name in sorted(named, key=lambda name: "h" not in layout.arrays[name]):  # first what units was read off
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
    """Write the weights in a layout, and return the arrays by name, in its order.

    Source:
        The system's own.

    Examples:
        >>> layout = Layout({"U": "h", "W": "x"}, gates="ifog", rows=True)
        >>> kernel = np.array([[1.0, 2.0, 3.0, 4.0]])
        >>> recurrent_kernel = np.array([[5.0, 6.0, 7.0, 8.0]])
        >>> arrays = to_layout(layout, kernel, recurrent_kernel, None)
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


def named_arrays(layout: Layout, arrays: Any) -> dict[str, Array]:
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
        elif parts == "h" and {*array.shape[-2:]} == {units, 3 * units}:
            hint = ". Is it of a GRU?"
        elif parts == "h" and {*array.shape[-2:]} == {units}:
            hint = ". Is it of a plain RNN?"
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
