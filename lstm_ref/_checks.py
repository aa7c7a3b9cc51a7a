"""Bad input, caught early: what came, what was expected, and the likely fix."""

from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np

from lstm_ref.types import Array


def check_units(units: Any) -> int:
    if not isinstance(units, Integral) or isinstance(units, bool):
        raise TypeError(
            f"units is {units!r} of type {type(units).__name__}; expected a positive integer. "
            "units is how many numbers h holds at each timestep, e.g. LSTM(4)"
        )
    if int(units) <= 0:
        raise ValueError(f"units is {units}; expected a positive integer: a layer has at least one unit, e.g. LSTM(4)")
    return int(units)


def check_rate(name: str, rate: Any) -> float:
    if not isinstance(rate, Real) or isinstance(rate, bool):
        raise TypeError(f"{name} is {rate!r}; expected a number from 0 (none) up to, but not including, 1")
    if not 0 <= float(rate) < 1:
        raise ValueError(f"{name} is {rate}; expected the fraction to drop, from 0 (none) up to, but not including, 1")
    return float(rate)


def check_flag(name: str, value: Any) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {value!r} of type {type(value).__name__}; expected True or False")
    return bool(value)


def check_seed(seed: Any) -> int | None:
    if seed is None:
        return None
    if not isinstance(seed, Integral) or isinstance(seed, bool):
        raise TypeError(f"seed is {seed!r} of type {type(seed).__name__}; expected a whole number or None")
    if int(seed) < 0:
        raise ValueError(f"seed is {seed}; expected a whole number from 0 up, or None")
    return int(seed)


def check_input_shape(input_shape: Any) -> int:
    came = tuple(input_shape) if isinstance(input_shape, Sequence) else input_shape
    features = came[-1] if isinstance(came, tuple) and len(came) == 3 else None
    if not isinstance(features, Integral) or isinstance(features, bool) or int(features) <= 0:
        raise ValueError(
            f"input_shape is {came!r}; expected (batch, timesteps, features) with a positive number of features; "
            "batch and timesteps may be None"
        )
    return int(features)


def as_array(name: str, value: Any) -> np.ndarray:
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is no array: its rows differ in length. Pad them, and pass a mask") from error


def check_floats(name: str, value: Any) -> Array:
    if isinstance(value, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array, whose mask would be ignored; pass {name}.data, and for x a mask=")
    array = as_array(name, value)
    if array.dtype not in (np.float32, np.float64):
        raise TypeError(
            f"{name} has dtype {array.dtype}; expected float32 or float64. "
            f'Convert it: np.asarray({name}, dtype="float32")'
        )
    return array


def check_x(value: Any, features: int | None) -> Array:
    x = check_floats("x", value)
    layout = "an LSTM layer takes (batch, timesteps, features)"
    if x.ndim == 2:
        raise ValueError(
            f"x has shape {x.shape}; {layout}. One feature per step? x[..., None]. "
            "One step of several features? x[:, None, :]. One sample? x[None]"
        )
    if x.ndim == 1:
        raise ValueError(f"x has shape {x.shape}; {layout}. One series of one feature? x[None, :, None]")
    if x.ndim != 3:
        raise ValueError(f"x has shape {x.shape}; {layout}. More axes per step? x.reshape(batch, timesteps, -1)")
    if x.shape[1] == 0 or x.shape[2] == 0:
        raise ValueError(f"x has shape {x.shape}; {layout}, with at least one timestep and one feature")
    if features is not None and x.shape[2] != features:
        swapped = ". Are timesteps and features swapped? x.transpose(0, 2, 1)" if x.shape[1] == features else ""
        raise ValueError(
            f"x has shape {x.shape}: {x.shape[2]} features per step, but the kernel was made for {features}; "
            f"expected (batch, timesteps, {features}){swapped}"
        )
    return x


def check_mask(value: Any, x: Array) -> np.ndarray:
    mask = as_array("mask", value)
    if mask.dtype != bool and mask.ndim == 3:
        raise TypeError(
            f"mask has shape {mask.shape} and dtype {mask.dtype}; expected (batch, timesteps), bool. "
            "Are these the states? Pass them by name: initial_state=[h, c]"
        )
    if mask.dtype != bool:
        raise TypeError(
            f"mask has dtype {mask.dtype}; expected bool, True where a step counts. Convert it: mask.astype(bool)"
        )
    if mask.shape != x.shape[:2]:
        raise ValueError(
            f"mask has shape {mask.shape}; expected (batch, timesteps) = {x.shape[:2]}, one value per step. "
            "From padded input: mask = (x != 0).any(axis=-1)"
        )
    return mask


def check_states(value: Any, x: Array, units: int) -> list[Array]:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        came = f"{len(value)} of them" if isinstance(value, (list, tuple)) else type(value).__name__
        raise ValueError(
            f"initial_state is {came}; expected two arrays [h, c], each (batch, units) = {(len(x), units)}"
        )
    states = [check_floats(f"initial_state[{k}]", state) for k, state in enumerate(value)]
    for name, state in zip("hc", states, strict=True):
        if state.shape != (len(x), units):
            raise ValueError(
                f"the {name} of initial_state has shape {state.shape}; expected (batch, units) = {(len(x), units)}: "
                f"one row per sample. From nothing: np.zeros({(len(x), units)})"
            )
    return [state.astype(x.dtype) for state in states]


def check_gradient(name: str, value: Any, of: Array) -> Array:
    """dL/d of an array, in its shape and dtype; zeros for `None`."""
    if value is None:
        return np.zeros_like(of)
    gradient = check_floats(name, value)
    if gradient.shape != of.shape:
        raise ValueError(f"{name} has shape {gradient.shape}; expected {of.shape}, that of {name.removeprefix('d')}")
    return gradient.astype(of.dtype)


def check_weights(value: Sequence[Any], units: int, use_bias: bool, features: int | None) -> list[Array]:
    names = ["kernel", "recurrent_kernel", "bias"][: 2 + use_bias]
    if not isinstance(value, (list, tuple)) or len(value) != len(names):
        came = f"{len(value)} arrays" if isinstance(value, (list, tuple)) else type(value).__name__
        hint = "" if use_bias else " (use_bias=False)"
        raise ValueError(f"weights are {came}; expected a list [{', '.join(names)}]{hint}")
    weights = [check_floats(name, array) for name, array in zip(names, value, strict=True)]
    columns = 4 * units
    rows: list[tuple[int | str, ...]] = [("features" if features is None else features,), (units,), ()]
    for name, array, row in zip(names, weights, rows, strict=False):
        expected = (*row, columns)
        fits = array.shape == expected or (row == ("features",) and array.ndim == 2 and array.shape[1] == columns)
        if not fits or array.size == 0:
            transposed = array.ndim == 2 and array.shape[0] == columns and row in (("features",), (array.shape[1],))
            fix = ". Transposed, as PyTorch keeps it? Pass its .T" if transposed else ""
            raise ValueError(
                f"{name} has shape {array.shape}; expected ({', '.join(map(str, expected))}{',' * (not row)}): "
                f"units={units} gives 4 * units = {columns} columns in blocks i | f | g | o{fix}"
            )
    return [array.astype(np.float64) for array in weights]
