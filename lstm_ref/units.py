"""What belongs to unit j: its columns, its weights, and the weights between units."""

from collections.abc import Sequence

import numpy as np

from lstm_ref import _arguments, _checks
from lstm_ref.types import Array


def unit_columns(units: int, j: int) -> list[int]:
    """Return the four columns of unit j, one in each of the blocks i | f | g | o.

    Args:
        units: number of units of the layer.
        j: the unit, from 0.

    Returns:
        [j, units + j, 2 * units + j, 3 * units + j].

    Raises:
        TypeError: `units` or `j` is no integer.
        ValueError: `units` is not positive.
        IndexError: there is no unit j.

    Source:
        Blocks of the fused kernel in keras/src/layers/rnn/lstm.py.

    Examples:
        >>> unit_columns(units=4, j=2)
        [2, 6, 10, 14]
    """
    units = _arguments.check_units(units)
    j = _arguments.check_unit(j, units)
    return [gate * units + j for gate in range(4)]


def one_unit(weights: Sequence[Array], j: int) -> list[Array]:
    """Take unit j out of a layer, as the weights of an LSTM(1): what it reads of the other units is left behind.

    Args:
        weights: [kernel (features, 4 * units), recurrent_kernel (units, 4 * units)] and, if the layer has one,
            bias (4 * units,).
        j: the unit, from 0.

    Returns:
        [kernel (features, 4), recurrent_kernel (1, 4)] and, if given, bias (4,).

    Raises:
        TypeError: an array is not float32 or float64, or `j` is no integer.
        ValueError: the number of arrays or a shape is wrong.
        IndexError: there is no unit j.

    Source:
        Follows from the layout of keras/src/layers/rnn/lstm.py.

    Examples:
        >>> weights = [np.zeros((3, 16)), np.zeros((4, 16)), np.zeros(16)]
        >>> [array.shape for array in one_unit(weights, j=2)]
        [(3, 4), (1, 4), (4,)]
    """
    kernel, recurrent_kernel, *bias = _checks.check_layer(weights)
    columns = unit_columns(len(recurrent_kernel), j)
    return [kernel[:, columns], recurrent_kernel[[j]][:, columns], *(array[columns] for array in bias)]


def diagonal_blocks(recurrent_kernel: Array) -> Array:
    """Keep the diagonal of each of the four blocks: every unit hears itself only.

    Args:
        recurrent_kernel: (units, 4 * units).

    Returns:
        Array (units, 4 * units) with zeros wherever one unit would read another.

    Raises:
        TypeError: the array is not float32 or float64.
        ValueError: the shape is not (units, 4 * units).

    Source:
        Follows from the layout of keras/src/layers/rnn/lstm.py.

    Examples:
        >>> diagonal_blocks(np.ones((2, 8))).tolist()
        [[1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]]
    """
    recurrent_kernel = _checks.check_recurrent(recurrent_kernel)
    own = np.tile(np.eye(len(recurrent_kernel), dtype=bool), 4)
    return np.where(own, recurrent_kernel, np.zeros_like(recurrent_kernel))
