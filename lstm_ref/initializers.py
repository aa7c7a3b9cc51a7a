"""Initializers: what fills a weight array before anything is learned."""

import math
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from numbers import Real

import numpy as np

from lstm_ref import _arguments, _arrays
from lstm_ref.types import Array

Initializer = Callable[[tuple[int, ...]], Array]


def glorot_uniform(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Draw uniformly between -limit and limit, limit = sqrt(6 / (rows + columns)).

    Keras hands it the fused kernel, so `columns` is 4 * units: the limit is smaller than that of four separate gates.

    Args:
        shape: (rows, columns).
        rng: source of randomness.

    Returns:
        Array (rows, columns), float64.

    Raises:
        ValueError: the shape is not of positive integers.
        TypeError: `rng` is no generator of NumPy.

    Source:
        Glorot and Bengio, 2010, equation 16; keras/src/initializers/random_initializers.py.

    Examples:
        >>> kernel = glorot_uniform((3, 16), np.random.default_rng(0))
        >>> kernel.shape, bool(abs(kernel).max() <= math.sqrt(6 / (3 + 16)))
        ((3, 16), True)
    """
    shape, rng = _arguments.check_shape(shape), _arguments.check_rng(rng)
    limit = math.sqrt(6 / (shape[0] + shape[-1]))
    return rng.uniform(-limit, limit, shape)


def orthogonal(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Draw a matrix whose rows (or columns, if there are more rows) are orthonormal.

    Keras hands it the fused recurrent kernel (units, 4 * units): its rows are orthonormal, those of its four blocks are not.

    Args:
        shape: (rows, columns).
        rng: source of randomness.

    Returns:
        Array (rows, columns), float64.

    Raises:
        ValueError: the shape is not that of a matrix.
        TypeError: `rng` is no generator of NumPy.

    Source:
        Saxe, McClelland and Ganguli, 2013; keras/src/initializers/random_initializers.py.

    Examples:
        >>> fused = orthogonal((4, 16), np.random.default_rng(0))
        >>> [np.allclose(each @ each.T, np.eye(4)) for each in (fused, fused[:, :4])]
        [True, False]
    """
    shape, rng = _arguments.check_shape(shape), _arguments.check_rng(rng)
    if len(shape) != 2:
        raise ValueError(f"orthogonal is for a matrix; the shape of the bias is {shape}")
    rows, columns = shape
    q, r = np.linalg.qr(rng.standard_normal((max(shape), min(shape))))
    q *= np.sign(np.diagonal(r))
    return q if rows >= columns else q.T


NAMES = ("glorot_uniform", "orthogonal", "zeros", "ones")


def get(identifier: str | float | Initializer, rng: np.random.Generator) -> Initializer:
    """Return the function of a shape that a name, a number or a callable stands for.

    Args:
        identifier: one of `glorot_uniform orthogonal zeros ones`, a number (every entry gets it), or a callable that
            takes a shape and returns an array of it.
        rng: source of randomness for the named ones.

    Returns:
        A function that takes a shape and returns a float64 array of it, its own.

    Raises:
        ValueError: the name is not known, or the number is too large.
        TypeError: `identifier` is neither a name, a number nor a callable, or `rng` is no generator of NumPy.

    Source:
        keras.initializers.get.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> get(0.5, rng)((2, 2)).tolist(), get("ones", rng)((3,)).tolist()
        ([[0.5, 0.5], [0.5, 0.5]], [1.0, 1.0, 1.0])
    """
    rng = _arguments.check_rng(rng)
    named: dict[str, Initializer] = {
        "glorot_uniform": partial(glorot_uniform, rng=rng),
        "orthogonal": partial(orthogonal, rng=rng),
        "zeros": np.zeros,
        "ones": np.ones,
    }
    if callable(identifier):
        return _arrays.own("initializer", identifier)
    if isinstance(identifier, Real) and not isinstance(identifier, bool):
        return partial(np.full, fill_value=_arguments.check_number("an initializer", identifier))
    if not isinstance(identifier, str):
        raise TypeError(
            "an initializer is a name, a number or a callable that takes a shape; "
            f"got {_arguments.shown(identifier)} of type {type(identifier).__name__}"
        )
    if identifier not in named:
        close = get_close_matches(identifier, NAMES)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(
            f"initializer {_arguments.shown(identifier)} is not known; the names are {', '.join(NAMES)}{hint}"
        )
    return named[identifier]
