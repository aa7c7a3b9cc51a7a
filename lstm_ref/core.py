"""The arithmetic: one step, and a run over time. Nothing here keeps anything between calls."""

from typing import NamedTuple

import numpy as np

from lstm_ref import _checks, activations
from lstm_ref.activations import Activation, sigmoid, tanh
from lstm_ref.types import Array


class Trace(NamedTuple):
    """Every gate and state of a step (batch, units) or of a run (batch, timesteps, units).

    Index j on the last axis is unit j.

    Attributes:
        i: input gate: how much of the candidate is written.
        f: forget gate: how much of the old cell state is kept.
        g: candidate, often written c-tilde; Keras calls its block of columns `c`.
        o: output gate: how much of `activation(c)` becomes h.
        c: cell state after the step.
        h: hidden state after the step.

    Source:
        Gers, Schmidhuber and Cummins, 2000; names as in keras/src/layers/rnn/lstm.py, but `g` for the candidate.

    Examples:
        >>> zero = np.zeros((1, 1))
        >>> Trace(*[zero] * 6)._fields
        ('i', 'f', 'g', 'o', 'c', 'h')
    """

    i: Array
    f: Array
    g: Array
    o: Array
    c: Array
    h: Array


def step(
    x: Array,
    h: Array,
    c: Array,
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array,
    activation: Activation = tanh,
    recurrent_activation: Activation = sigmoid,
) -> Trace:
    """Advance all units by one timestep: the six equations of the LSTM.

    Args:
        x: input of this timestep (batch, features).
        h: hidden state before it (batch, units).
        c: cell state before it (batch, units).
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.
        activation: for the candidate and for the cell state on its way out.
        recurrent_activation: for the three gates.

    Returns:
        The gates and the new states, each (batch, units).

    Raises:
        TypeError: an array is not float32 or float64, or an activation is neither a name nor a callable.
        ValueError: shapes do not fit one another, or an activation fails or returns another shape.

    Source:
        Gers, Schmidhuber and Cummins, 2000; order of the blocks: keras/src/layers/rnn/lstm.py.

    Examples:
        >>> x, h, c = np.ones((1, 3)), np.zeros((1, 2)), np.zeros((1, 2))
        >>> after = step(x, h, c, np.full((3, 8), 0.1), np.full((2, 8), 0.1), np.zeros(8))
        >>> after.h.shape, after.i.round(4).tolist(), after.h.round(4).tolist()
        ((1, 2), [[0.5744, 0.5744]], [[0.0952, 0.0952]])
    """
    x, h, c, kernel, recurrent_kernel, bias = _checks.check_step(x, h, c, kernel, recurrent_kernel, bias)
    functions = activations.get(activation), activations.get(recurrent_activation)
    with np.errstate(all="ignore"):  # what is not finite goes on as it does in a framework
        return _equations(x, h, c, kernel, recurrent_kernel, bias, *functions)


def _equations(
    x: Array,
    h: Array,
    c: Array,
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array,
    activation: Activation,
    recurrent_activation: Activation,
) -> Trace:
    z = np.split(x @ kernel + h @ recurrent_kernel + bias, 4, axis=-1)
    i = recurrent_activation(z[0])
    f = recurrent_activation(z[1])
    g = activation(z[2])
    o = recurrent_activation(z[3])
    c = f * c + i * g
    h = o * activation(c)
    return Trace(i, f, g, o, c, h)


def run(
    x: Array,
    h: Array,
    c: Array,
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array,
    activation: Activation = tanh,
    recurrent_activation: Activation = sigmoid,
    mask: np.ndarray | None = None,
    recurrent_dropout_mask: Array | None = None,
) -> Trace:
    """Advance all units through all timesteps, with the same weights at each.

    Args:
        x: input (batch, timesteps, features).
        h: hidden state before the first timestep (batch, units).
        c: cell state before the first timestep (batch, units).
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks.
        activation: for the candidate and for the cell state on its way out.
        recurrent_activation: for the three gates.
        mask: (batch, timesteps), True where a step counts; elsewhere both states stay as they are.
        recurrent_dropout_mask: (batch, units), multiplied into h before every step.

    Returns:
        The gates and the states after each step, each (batch, timesteps, units). The gates of a masked step are what
        the step would have used.

    Raises:
        TypeError: an array is not float32 or float64, or an activation is neither a name nor a callable.
        ValueError: shapes do not fit one another, or an activation fails or returns another shape.

    Source:
        keras/src/layers/rnn/rnn.py.

    Examples:
        >>> x, zero = np.ones((2, 5, 3)), np.zeros((2, 4))
        >>> weights = np.full((3, 16), 0.1), np.full((4, 16), 0.1), np.zeros(16)
        >>> trace = run(x, zero, zero, *weights)
        >>> trace.h.shape, bool((trace.h[:, 1:] > trace.h[:, :-1]).all())
        ((2, 5, 4), True)
    """
    x, mask, recurrent_dropout_mask, (h, c, kernel, recurrent_kernel, bias) = _checks.check_run(
        x, mask, recurrent_dropout_mask, h, c, kernel, recurrent_kernel, bias
    )
    functions = activations.get(activation), activations.get(recurrent_activation)
    steps = []
    with np.errstate(all="ignore"):
        for t in range(x.shape[1]):
            shown = h if recurrent_dropout_mask is None else h * recurrent_dropout_mask
            new = _equations(x[:, t], shown, c, kernel, recurrent_kernel, bias, *functions)
            if mask is not None:
                valid = mask[:, t, np.newaxis]
                new = new._replace(c=np.where(valid, new.c, c), h=np.where(valid, new.h, h))
            steps.append(new)
            h, c = new.h, new.c
    return Trace(*(np.stack(values, axis=1) for values in zip(*steps, strict=True)))
