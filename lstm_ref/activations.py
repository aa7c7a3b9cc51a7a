"""Activations by name, as `keras.layers.LSTM` takes them."""

from collections.abc import Callable
from difflib import get_close_matches

import numpy as np

from lstm_ref import _arguments, _arrays
from lstm_ref.types import Array

Activation = Callable[[Array], Array]


def tanh(x: Array) -> Array:
    """Hyperbolic tangent, between -1 and 1: the default of `activation`.

    Args:
        x: array of any shape.

    Returns:
        Array of the shape and dtype of `x`.

    Raises:
        TypeError: `x` is not float32 or float64.

    Source:
        keras/src/activations/activations.py.

    Examples:
        >>> tanh(np.array([-1.0, 0.0, 1.0])).round(4).tolist()
        [-0.7616, 0.0, 0.7616]
    """
    x = _arrays.check_floats("x", x)
    return np.tanh(x)


def sigmoid(x: Array) -> Array:
    """Logistic function 1 / (1 + exp(-x)), between 0 and 1: the default of `recurrent_activation`.

    Written with tanh, the same function, because exp overflows at x = -1000.

    Args:
        x: array of any shape.

    Returns:
        Array of the shape and dtype of `x`.

    Raises:
        TypeError: `x` is not float32 or float64.

    Source:
        keras/src/activations/activations.py.

    Examples:
        >>> sigmoid(np.array([-1000.0, 0.0, 1.0])).round(4).tolist()
        [0.0, 0.5, 0.7311]
    """
    x = _arrays.check_floats("x", x)
    half: Array = 0.5 * np.tanh(0.5 * x)
    return half + 0.5


def hard_sigmoid(x: Array) -> Array:
    """Piecewise linear sigmoid of Keras 3: relu6(x + 3) / 6, flat beyond -3 and 3.

    Keras 1 and 2 gave this name to another function: see `hard_sigmoid_keras2`.

    Args:
        x: array of any shape.

    Returns:
        Array of the shape and dtype of `x`.

    Raises:
        TypeError: `x` is not float32 or float64.

    Source:
        keras/src/activations/activations.py, Keras 3.0.0 and later.

    Examples:
        >>> hard_sigmoid(np.array([-3.0, 0.0, 1.0])).round(4).tolist()
        [0.0, 0.5, 0.6667]
    """
    x = _arrays.check_floats("x", x)
    return _clip(x / 6 + 0.5)


def hard_sigmoid_keras2(x: Array) -> Array:
    """Piecewise linear sigmoid of Keras 1 and 2: clip(0.2 x + 0.5, 0, 1), flat beyond -2.5 and 2.5.

    Up to Keras 2.2.5 it was the default for the gates, under the name `hard_sigmoid`.

    Args:
        x: array of any shape.

    Returns:
        Array of the shape and dtype of `x`.

    Raises:
        TypeError: `x` is not float32 or float64.

    Source:
        keras/backend/tensorflow_backend.py, Keras 2.2.5; tf_keras/src/backend.py, tf_keras 2.21.

    Examples:
        >>> hard_sigmoid_keras2(np.array([-3.0, 0.0, 1.0])).round(4).tolist()
        [0.0, 0.5, 0.7]
    """
    x = _arrays.check_floats("x", x)
    return _clip(0.2 * x + 0.5)


def _clip(x: Array) -> Array:
    clipped: Array = np.clip(x, 0, 1)
    return clipped


def relu(x: Array) -> Array:
    """Rectifier: max(x, 0).

    Args:
        x: array of any shape.

    Returns:
        Array of the shape and dtype of `x`.

    Raises:
        TypeError: `x` is not float32 or float64.

    Source:
        keras/src/activations/activations.py.

    Examples:
        >>> relu(np.array([-1.0, 0.0, 2.0])).tolist()
        [0.0, 0.0, 2.0]
    """
    x = _arrays.check_floats("x", x)
    rectified: Array = np.maximum(x, 0)
    return rectified


def linear(x: Array) -> Array:
    """Identity: what Keras takes when an activation is `None`.

    Args:
        x: array of any shape.

    Returns:
        `x` itself.

    Raises:
        TypeError: `x` is not float32 or float64.

    Source:
        keras/src/activations/activations.py.

    Examples:
        >>> linear(np.array([-1.0, 2.0])).tolist()
        [-1.0, 2.0]
    """
    return _arrays.check_floats("x", x)


NAMES: dict[str, Activation] = {
    function.__name__: function for function in (tanh, sigmoid, hard_sigmoid, hard_sigmoid_keras2, relu, linear)
}


def get(identifier: str | Activation | None) -> Activation:
    """Return the activation that a name, a callable or `None` stands for.

    Args:
        identifier: one of `tanh sigmoid hard_sigmoid hard_sigmoid_keras2 relu linear`, a callable that maps an
            array to an array of the same shape, or `None` for `linear`.

    Returns:
        The function, with a callable's results checked and copied.

    Raises:
        ValueError: the name is not known.
        TypeError: `identifier` is neither a name, a callable nor `None`.

    Source:
        keras.activations.get.

    Examples:
        >>> get("tanh") is tanh, get(None) is linear
        (True, True)
    """
    if identifier is None:
        return linear
    if callable(identifier):
        return identifier if any(identifier is own for own in NAMES.values()) else _arrays.own("activation", identifier)
    if not isinstance(identifier, str):
        raise TypeError(
            f"an activation is a name or a callable; got {_arguments.shown(identifier)} of type {type(identifier).__name__}"
        )
    if identifier not in NAMES:
        close = get_close_matches(identifier, NAMES)
        hint = f"; did you mean {close[0]!r}?" if close else "; for another function pass a callable"
        raise ValueError(
            f"activation {_arguments.shown(identifier)} is not known; the names are {', '.join(NAMES)}{hint}"
        )
    return NAMES[identifier]
