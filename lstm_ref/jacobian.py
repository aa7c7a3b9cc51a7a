"""Who influences whom within one step: the derivatives of the new states by the old ones."""

from typing import NamedTuple

import numpy as np

from lstm_ref import _checks
from lstm_ref.core import step
from lstm_ref.types import Array


class Jacobian(NamedTuple):
    """Partial derivatives of one step for one sample, each (units, units): row j, column k is new state j by old state k.

    Attributes:
        dc_dc: new cell state by old cell state: diagonal, the forget gates.
        dh_dc: new hidden state by old cell state: diagonal.
        dc_dh: new cell state by old hidden state: as a rule without zeros.
        dh_dh: new hidden state by old hidden state: likewise.

    Source:
        The six equations of `step`, differentiated.

    Examples:
        >>> Jacobian._fields
        ('dc_dc', 'dh_dc', 'dc_dh', 'dh_dh')
    """

    dc_dc: Array
    dh_dc: Array
    dc_dh: Array
    dh_dh: Array


def step_jacobian(x: Array, h: Array, c: Array, kernel: Array, recurrent_kernel: Array, bias: Array) -> Jacobian:
    """Differentiate one step (tanh and sigmoid) by the states it starts from.

    Args:
        x: input of this timestep (features,).
        h: hidden state before it (units,).
        c: cell state before it (units,).
        kernel: (features, 4 * units).
        recurrent_kernel: (units, 4 * units).
        bias: (4 * units,).

    Returns:
        The four matrices, each (units, units).

    Raises:
        TypeError: an array is not float32 or float64.
        ValueError: x, h or c is not of one sample, or shapes do not fit one another.

    Source:
        The six equations of `step`, differentiated.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> weights = rng.normal(size=(3, 8)), rng.normal(size=(2, 8)), rng.normal(size=8)
        >>> x, h, c = rng.normal(size=3), rng.normal(size=2), rng.normal(size=2)
        >>> jacobian = step_jacobian(x, h, c, *weights)
        >>> (jacobian.dc_dc != 0).tolist(), (jacobian.dc_dh != 0).tolist()
        ([[True, False], [False, True]], [[True, True], [True, True]])
    """
    x, h, c, kernel, recurrent_kernel, bias = _checks.check_sample(x, h, c, kernel, recurrent_kernel, bias)
    i, f, g, o, c_new, _ = step(x, h, c, kernel, recurrent_kernel, bias)
    by_i, by_f, by_g, by_o = (block.T for block in np.split(recurrent_kernel, 4, axis=-1))

    def rows(scale: Array, matrix: Array) -> Array:
        return scale[:, np.newaxis] * matrix

    shown = np.tanh(c_new)
    with np.errstate(all="ignore"):
        slope = o * (1 - shown**2)
        dc_dh = rows(c * f * (1 - f), by_f) + rows(g * i * (1 - i), by_i) + rows(i * (1 - g**2), by_g)
        dh_dh = rows(shown * o * (1 - o), by_o) + rows(slope, dc_dh)
        return Jacobian(np.diag(f), np.diag(slope * f), dc_dh, dh_dh)
