"""Arrays that do not fit each other, caught early: what came, what was expected, and the likely fix."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from lstm_ref._arguments import shown
from lstm_ref._arrays import as_array, cast, check_floats
from lstm_ref.types import Array


@contextmanager
def all_or_nothing(layer: Any) -> Iterator[None]:
    """If what is within fails, the layer is as it was: weights, states, and what is drawn next."""
    weights, states, drawn = layer._weights, layer._states, layer._rng.bit_generator.state
    try:
        yield
    except BaseException:
        layer._weights, layer._states, layer._rng.bit_generator.state = weights, states, drawn
        raise


def check_step(x: Any, h: Any, c: Any, kernel: Any, recurrent_kernel: Any, bias: Any) -> list[Array]:
    """Return them as arrays that fit; h may be wider than c, as where some units of a layer are computed by themselves."""
    given = {"x": x, "h": h, "c": c, "kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias}
    arrays = {name: check_floats(name, value) for name, value in given.items()}
    before = arrays["x"].shape[:-1]
    features, read, units = (arrays[name].shape[-1:] for name in "xhc")
    columns = tuple(4 * size for size in units)
    fits = {
        "x": before + features,
        "h": before + read,
        "c": before + units,
        "kernel": features + columns,
        "recurrent_kernel": read + columns,
        "bias": columns,
    }
    wrong = [name for name, array in arrays.items() if array.shape != fits[name] or not array.ndim]
    if wrong:
        raise ValueError(
            f"{wrong[0]} has shape {arrays[wrong[0]].shape}; expected x (batch, features), h and c (batch, units), "
            "kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,); got "
            + ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        )
    return list(arrays.values())


def check_sample(*arrays: Any) -> list[Array]:
    for name, value in zip("xhc", arrays, strict=False):
        array = check_floats(name, value)
        if array.ndim != 1:
            raise ValueError(f"{name} has shape {array.shape}; expected one sample, no batch axis: {name}[0]")
    return check_step(*arrays)


def check_run(x: Any, mask: Any, dropped: Any, *others: Any) -> tuple[Array, Any, Any, list[Array]]:
    x = check_x(x, features=None)
    _, h, *rest = check_step(x[:, 0], *others)
    mask = None if mask is None else check_mask(mask, x)
    dropped = None if dropped is None else check_floats("recurrent_dropout_mask", dropped)
    if dropped is not None and dropped.shape != h.shape:
        raise ValueError(f"recurrent_dropout_mask has shape {dropped.shape}; expected that of h, {h.shape}")
    return x, mask, dropped, [h, *rest]


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
    if x.ndim == 0:
        raise ValueError(f"x has shape (), one number; {layout}. One step of one feature? np.reshape(x, (1, 1, 1))")
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
    return [cast(f"the {name} of initial_state", state, x.dtype) for name, state in zip("hc", states, strict=True)]


def check_gradient(name: str, value: Any, of: Array) -> Array:
    """dL/d of an array, in its shape and dtype; zeros for `None`."""
    if value is None:
        return np.zeros_like(of)
    gradient = check_floats(name, value)
    if gradient.shape != of.shape:
        raise ValueError(f"{name} has shape {gradient.shape}; expected {of.shape}, that of {name.removeprefix('d')}")
    return cast(name, gradient, of.dtype)


def check_trace(name: str, of: str, trace: Any, shape: tuple[int, ...]) -> None:
    if not hasattr(trace, "_fields"):
        raise ValueError(f"{name} is {type(trace).__name__}; expected the Trace that {of} returned")
    for gate in trace._fields:
        values = check_floats(f"{name}.{gate}", getattr(trace, gate))
        if values.shape != shape:
            raise ValueError(f"{name}.{gate} has shape {values.shape}; expected {shape}")


def check_back(dh: Any, dc: Any, c: Any, new: Any, recurrent_kernel: Any) -> list[Array]:
    recurrent_kernel = check_recurrent(recurrent_kernel)
    arrays = {name: check_floats(name, value) for name, value in {"dh": dh, "dc": dc, "c": c}.items()}
    fits = (*arrays["dh"].shape[:-1], len(recurrent_kernel))
    for name, array in arrays.items():
        if array.shape != fits:
            came = ", ".join(f"{each} {other.shape}" for each, other in arrays.items())
            raise ValueError(
                f"{name} has shape {array.shape}; expected {fits}: {came}, recurrent_kernel {recurrent_kernel.shape}"
            )
    check_trace("new", "step", new, fits)
    return [*arrays.values(), recurrent_kernel]


def check_slopes(known: Any, **functions: Any) -> None:
    for name, function in functions.items():
        if function not in known:
            names = ", ".join(function.__name__ for function in known)
            raise ValueError(f"{name} is {shown(function)}, whose slope is not known; gradients take one of {names}")


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
    return weights


def check_recurrent(value: Any) -> Array:
    array = check_floats("recurrent_kernel", value)
    if array.ndim != 2 or array.shape[1] != 4 * len(array) or array.size == 0:
        raise ValueError(f"recurrent_kernel has shape {array.shape}; expected (units, 4 * units)")
    return array


def cast_weights(weights: list[Array], dtype: Any) -> list[Array]:
    names = ("kernel", "recurrent_kernel", "bias")
    return [cast(name, array, dtype) for name, array in zip(names, weights, strict=False)]


def check_layer(weights: Any) -> list[Array]:
    """Weights of a layer that is not at hand: its number of units is read from the recurrent kernel."""
    if not isinstance(weights, (list, tuple)) or len(weights) not in (2, 3):
        came = f"{len(weights)} arrays" if isinstance(weights, (list, tuple)) else type(weights).__name__
        raise ValueError(f"weights are {came}; expected a list [kernel, recurrent_kernel, bias], or without bias")
    return check_weights(weights, len(check_recurrent(weights[1])), len(weights) == 3, None)
