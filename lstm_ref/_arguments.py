"""Bad settings, caught early: what came, what was expected, and the likely fix."""

from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np

LIMIT = 2**28  # units or features: a kernel of more has more bytes than a process can address


def shown(value: Any) -> str:
    """What came, in few words, even if it cannot say what it is."""
    try:
        words = " ".join(repr(value).split())
    except Exception:
        words = f"<no repr of {type(value).__name__}>"
    return words if len(words) <= 200 else f"{words[:200]}..."


def is_integer(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def is_real(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def check_units(units: Any) -> int:
    if not is_integer(units):
        raise TypeError(
            f"units is {shown(units)} of type {type(units).__name__}; expected a positive integer. "
            "units is how many numbers h holds at each timestep, e.g. LSTM(4)"
        )
    if not 0 < int(units) <= LIMIT:
        raise ValueError(
            f"units is {shown(int(units))}; expected a positive integer up to {LIMIT}: "
            "a layer has at least one unit, e.g. LSTM(4)"
        )
    return int(units)


def check_unit(j: Any, units: int) -> int:
    if not is_integer(j):
        raise TypeError(f"j is {shown(j)} of type {type(j).__name__}; expected a unit, a whole number from 0")
    if int(j) not in range(units):
        raise IndexError(f"there is no unit {shown(int(j))}: a layer with {units} units has units 0 to {units - 1}")
    return int(j)


def check_rate(name: str, rate: Any) -> float:
    if not is_real(rate):
        raise TypeError(f"{name} is {shown(rate)}; expected a number from 0 (none) up to, but not including, 1")
    number = check_number(name, rate)
    if not 0 <= number < 1:
        raise ValueError(
            f"{name} is {shown(rate)}; expected the fraction to drop, from 0 (none) up to, but not including, 1"
        )
    return number


def check_flag(name: str, value: Any) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {shown(value)} of type {type(value).__name__}; expected True or False")
    return bool(value)


def check_number(name: str, value: Any) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError(f"{name} is {shown(value)}; expected a number that float64 holds") from error


def check_training(training: Any) -> bool:
    return training is not None and check_flag("training", training)  # None, as Keras takes it, is False


def check_seed(seed: Any) -> int | None:
    if seed is None:
        return None
    if not is_integer(seed):
        raise TypeError(f"seed is {shown(seed)} of type {type(seed).__name__}; expected a whole number or None")
    if int(seed) < 0:
        raise ValueError(f"seed is {shown(int(seed))}; expected a whole number from 0 up, or None")
    return int(seed)


def check_input_shape(input_shape: Any) -> int:
    came = tuple(input_shape) if isinstance(input_shape, Sequence) else input_shape
    fits = isinstance(came, tuple) and len(came) == 3 and is_integer(came[2]) and 0 < came[2] <= LIMIT
    if not fits or not all(size is None or (is_integer(size) and size >= 0) for size in came):
        raise ValueError(
            f"input_shape is {shown(came)}; expected (batch, timesteps, features) with a positive number of features "
            f"up to {LIMIT}; batch and timesteps may be None"
        )
    return int(came[2])


def check_shape(shape: Any) -> tuple[int, ...]:
    fits = isinstance(shape, (list, tuple)) and shape and all(is_integer(size) and 0 < size <= LIMIT for size in shape)
    if not fits:
        raise ValueError(
            f"shape is {shown(shape)}; expected positive integers up to {LIMIT}, as in (features, 4 * units)"
        )
    return tuple(int(size) for size in shape)


def check_rng(rng: Any) -> np.random.Generator:
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng is {shown(rng)} of type {type(rng).__name__}; expected one of np.random.default_rng(seed)"
        )
    return rng
