"""What becomes an array of floats, and what does not: arguments, and what a caller's own functions return."""

from collections.abc import Callable
from typing import Any

import numpy as np

from lstm_ref._arguments import check_shape, shown
from lstm_ref.types import Array


def is_masked(value: Any, depth: int = 3) -> bool:
    """Whether it is a masked array, or a list that holds one, or a masked number, on an axis of x."""
    within = value if depth and isinstance(value, (list, tuple)) else ()
    return isinstance(value, np.ma.MaskedArray) or any(is_masked(part, depth - 1) for part in within)


def as_array(name: str, value: Any) -> np.ndarray:
    if is_masked(value):
        raise TypeError(f"{name} is a masked array, whose mask would be ignored; pass {name}.data, and for x a mask=")
    try:
        # A tensor of PyTorch that requires a gradient is an array once it is detached.
        return np.asarray(value.detach() if hasattr(value, "detach") else value)
    except Exception as error:
        if "inhomogeneous" in str(error):
            pad = ". Pad them, and pass a mask" if name == "x" else ""
            raise ValueError(f"{name} is no array: its rows differ in length or depth{pad}") from error
        raise TypeError(
            f"{name} is {shown(value)} of type {type(value).__name__}, which NumPy makes no array of: "
            f"{shown(str(error))}; expected an array"
        ) from error


def check_floats(name: str, value: Any) -> Array:
    array = value if type(value) is np.ndarray else as_array(name, value)
    if array.dtype not in (np.float32, np.float64):
        raise TypeError(
            f"{name} has dtype {array.dtype}; expected float32 or float64. "
            f'Convert it: np.asarray({name}, dtype="float32")'
        )
    return array


def cast(name: str, array: Array, dtype: Any) -> Array:
    """Return a copy in another dtype, unless it does not hold the numbers."""
    with np.errstate(all="ignore"):
        copy = array.astype(dtype)
    lost = np.isfinite(array) & ~np.isfinite(copy)
    if lost.any():
        raise ValueError(
            f"{name} has {array[lost][0]}, too large for {copy.dtype}; expected at most {np.finfo(copy.dtype).max}. "
            "A call computes in the dtype of x: for larger numbers pass x in float64"
        )
    return copy


class Own:
    """A caller's activation or initializer. Results are copied: it may change its own arrays, and those it was given."""

    def __init__(self, what: str, function: Callable[..., Any]) -> None:
        self.what, self.function = what, function

    def __repr__(self) -> str:
        return shown(self.function)

    def __call__(self, given: Any) -> Array:
        if self.what == "initializer":
            shape, dtype, kinds = check_shape(given), np.dtype(np.float64), "fiu"
        else:
            given = check_floats("x", given).copy()
            shape, dtype, kinds = given.shape, given.dtype, "f"
        try:
            with np.errstate(all="ignore"):
                value = self.function(given)
        except Exception as error:
            raise ValueError(
                f"the {self.what} {self} raised {type(error).__name__}: {shown(str(error))}; "
                f"expected an array of shape {shape}"
            ) from error
        array = as_array(f"what the {self.what} {self} returned", value)
        if array.shape != shape or array.dtype.kind not in kinds:
            raise ValueError(
                f"the {self.what} {self} returned {array.dtype} of shape {array.shape}; "
                f"expected {'floats' if kinds == 'f' else 'numbers'} of shape {shape}"
            )
        return cast(f"what the {self.what} {self} returned", array, dtype)


def own(what: str, function: Callable[..., Any]) -> Own:
    return function if isinstance(function, Own) else Own(what, function)
