"""Two examples of the figures and pages."""

import numpy as np

from lstm_ref.layer import LSTM
from lstm_ref.types import Array

BATCH, TIMESTEPS, FEATURES, UNITS = 2, 5, 3, 4


def worked_input() -> Array:
    """Return the input of the worked example: no two axes are equally long, so none can be mistaken for another.

    Returns:
        Array (batch=2, timesteps=5, features=3), float64, rounded to halves.

    Source:
        Made up for this library.

    Examples:
        >>> worked_input().shape
        (2, 5, 3)
    """
    return _round(np.random.default_rng(3).normal(scale=2, size=(BATCH, TIMESTEPS, FEATURES)), 2)


def worked_layer(units: int = UNITS, **arguments: object) -> LSTM:
    """Return the layer of the worked example: weights of the default initializers from a fixed seed, rounded to 14 binary places.

    With `worked_input` and such weights every sum over features is exact, in whichever order a machine adds. So N layers
    of one unit can equal one layer with diagonal recurrent blocks to the last bit.

    Args:
        units: how many units.
        **arguments: further arguments of `LSTM`.

    Returns:
        An `LSTM` that has its weights for 3 features.

    Source:
        Made up for this library.

    Examples:
        >>> worked_layer().count_params()
        128
    """
    layer = LSTM(units, **{"seed": 1, **arguments})  # type: ignore[arg-type]
    layer.build((None, None, FEATURES))
    layer.set_weights([_round(array, 2**14) for array in layer.get_weights()])
    return layer


def latch() -> tuple[LSTM, Array]:
    """Return one unit with weights set by hand so that it stores a value, keeps it, and drops it on command.

    The features of a step are (value, write, erase). `write` opens the input gate, `erase` shuts the forget gate.

    Returns:
        The layer, LSTM(1), and its input (batch=1, timesteps=10, features=3).

    Source:
        Made up for this library.

    Examples:
        >>> layer, x = latch()
        >>> layer.trace(x).c[0, :, 0].round(2).tolist()
        [0.0, 0.66, 0.66, 0.66, 0.66, 0.0, 0.0, 0.0, -0.6, -0.6]
    """
    kernel = np.array(
        [
            # i, f, g, o
            [0.0, 0.0, 1.0, 0.0],  # value
            [12.0, 0.0, 0.0, 0.0],  # write
            [0.0, -12.0, 0.0, 0.0],  # erase
        ]
    )
    recurrent_kernel = np.zeros((1, 4))
    bias = np.array([-6.0, 6.0, 0.0, 3.0])
    value = [0.3, 0.8, -0.5, 0.6, -0.9, 0.4, 0.7, -0.6, -0.7, 0.5]
    write = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    erase = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    layer = LSTM(1)
    layer.set_weights([kernel, recurrent_kernel, bias])
    return layer, np.stack([value, write, erase], axis=-1)[np.newaxis].astype(float)


def _round(values: Array, parts: int) -> Array:
    rounded: Array = np.round(values * parts) / parts
    return rounded
