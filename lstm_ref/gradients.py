"""The way back: derivatives of a loss, through one step and through a run over time.

A name with a `d` before it is dL/d of that name: `dh` is how much the loss rises with h.
"""

from typing import NamedTuple

import numpy as np

from lstm_ref import _checks
from lstm_ref.activations import Activation, hard_sigmoid, hard_sigmoid_keras2, linear, relu, sigmoid, tanh
from lstm_ref.core import Trace
from lstm_ref.types import Array

# The slope of an activation, told from its value.
SLOPES: dict[Activation, Activation] = {
    tanh: lambda value: 1 - value**2,
    sigmoid: lambda value: value * (1 - value),
    hard_sigmoid: lambda value: ((value > 0) & (value < 1)).astype(value.dtype) / 6,
    hard_sigmoid_keras2: lambda value: ((value > 0) & (value < 1)).astype(value.dtype) / 5,
    relu: lambda value: (value > 0).astype(value.dtype),
    linear: lambda value: np.ones_like(value),
}


class Gradients(NamedTuple):
    """dL/d of everything that a run reads, each of the shape of what it belongs to.

    Attributes:
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        bias: (4 * units,), the same blocks; `None` from a layer with `use_bias=False`.
        x: input (batch, timesteps, features).
        h: hidden state before the first timestep (batch, units).
        c: cell state before the first timestep (batch, units).

    Source:
        The six equations of `step`, differentiated.

    Examples:
        >>> Gradients._fields
        ('kernel', 'recurrent_kernel', 'bias', 'x', 'h', 'c')
    """

    kernel: Array
    recurrent_kernel: Array
    bias: Array | None
    x: Array
    h: Array
    c: Array


@np.errstate(all="ignore")  # what is not finite goes on
def step_back(
    dh: Array,
    dc: Array,
    c: Array,
    new: Trace,
    recurrent_kernel: Array,
    activation: Activation = tanh,
    recurrent_activation: Activation = sigmoid,
) -> tuple[Array, Array, Array]:
    """Go back through one `step`, line by line from its last to its first.

    Args:
        dh: by the hidden state after the step (batch, units).
        dc: by the cell state after it, but for what goes through h (batch, units).
        c: cell state before the step (batch, units).
        new: what `step` returned, each (batch, units).
        recurrent_kernel: (units, 4 * units), columns in blocks i | f | g | o.
        activation: for the candidate and for the cell state on its way out.
        recurrent_activation: for the three gates.

    Returns:
        dz (batch, 4 * units), by the four sums before the activations; dh and dc before the step (batch, units).

    Raises:
        TypeError: an array is not float32 or float64.
        ValueError: shapes do not fit one another, or an activation is none of `lstm_ref.activations`.

    Source:
        The six equations of `step`, differentiated.

    Examples:
        >>> from lstm_ref import step
        >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
        >>> new = step(one, zero, one, np.zeros((1, 4)), np.zeros((1, 4)), np.zeros(4))
        >>> dz, dh, dc = step_back(zero, one, one, new, np.zeros((1, 4)))
        >>> dc.tolist(), new.f.tolist()  # what comes to c leaves it times f
        ([[0.5]], [[0.5]])
    """
    dh, dc, c, recurrent_kernel = _checks.check_back(dh, dc, c, new, recurrent_kernel)
    _checks.check_slopes(SLOPES, activation=activation, recurrent_activation=recurrent_activation)
    slope, gate_slope = SLOPES[activation], SLOPES[recurrent_activation]
    i, f, g, o, c_new, _ = new
    shown = activation(c_new)
    do = dh * shown
    dc = dc + dh * o * slope(shown)
    di = dc * g
    df = dc * c
    dg = dc * i
    dz = np.concatenate([di * gate_slope(i), df * gate_slope(f), dg * slope(g), do * gate_slope(o)], axis=-1)
    return dz, dz @ recurrent_kernel.T, dc * f


@np.errstate(all="ignore")
def run_back(
    dh: Array,
    dc: Array,
    x: Array,
    h: Array,
    c: Array,
    trace: Trace,
    kernel: Array,
    recurrent_kernel: Array,
    activation: Activation = tanh,
    recurrent_activation: Activation = sigmoid,
    mask: np.ndarray | None = None,
    recurrent_dropout_mask: Array | None = None,
) -> Gradients:
    """Go back through a `run`, from its last timestep to its first.

    Args:
        dh: by the hidden state after each step, but for what goes through later steps (batch, timesteps, units).
        dc: by the cell state after the last step, but for what goes through h (batch, units).
        x: input of the run (batch, timesteps, features).
        h: hidden state before its first timestep (batch, units).
        c: cell state before its first timestep (batch, units).
        trace: what `run` returned.
        kernel: (features, 4 * units), columns in blocks i | f | g | o.
        recurrent_kernel: (units, 4 * units), the same blocks.
        activation: for the candidate and for the cell state on its way out.
        recurrent_activation: for the three gates.
        mask: (batch, timesteps), True where a step counts; through another the gradient passes as it is.
        recurrent_dropout_mask: (batch, units), as in the run.

    Returns:
        The gradients; those of the weights are summed over batch and timesteps.

    Raises:
        TypeError: an array is not float32 or float64.
        ValueError: shapes do not fit one another, or an activation is none of `lstm_ref.activations`.

    Source:
        Werbos, Backpropagation through time, 1990.

    Examples:
        >>> from lstm_ref import run
        >>> x, zero = np.ones((2, 5, 3)), np.zeros((2, 4))
        >>> weights = np.full((3, 16), 0.1), np.full((4, 16), 0.1)
        >>> trace = run(x, zero, zero, *weights, np.zeros(16))
        >>> gradients = run_back(np.ones_like(trace.h), zero, x, zero, zero, trace, *weights)
        >>> gradients.kernel.shape, gradients.x.shape, gradients.h.shape
        ((3, 16), (2, 5, 3), (2, 4))
    """
    bias = np.zeros_like(h, shape=np.shape(kernel)[-1:])
    x, mask, recurrent_dropout_mask, (h, c, kernel, recurrent_kernel, _) = _checks.check_run(
        x, mask, recurrent_dropout_mask, h, c, kernel, recurrent_kernel, bias
    )
    _checks.check_trace("trace", "run", trace, (*x.shape[:2], h.shape[-1]))
    dh, dc = _checks.check_gradient("dh", dh, trace.h), _checks.check_gradient("dc", dc, c)
    h_before = np.concatenate([h[:, np.newaxis], trace.h[:, :-1]], axis=1)
    c_before = np.concatenate([c[:, np.newaxis], trace.c[:, :-1]], axis=1)
    kept = np.ones_like(h) if recurrent_dropout_mask is None else recurrent_dropout_mask
    dz, dh_after = np.zeros_like(trace.h, shape=(*x.shape[:2], kernel.shape[1])), np.zeros_like(h)
    for t in reversed(range(x.shape[1])):
        dh_t, dc_t = dh_after + dh[:, t], dc
        new = Trace(*(values[:, t] for values in trace))
        dz[:, t], dh_after, dc = step_back(
            dh_t, dc_t, c_before[:, t], new, recurrent_kernel, activation, recurrent_activation
        )
        dh_after = dh_after * kept
        if mask is not None:
            valid = mask[:, t, np.newaxis]
            dz[:, t] *= valid
            dh_after, dc = np.where(valid, dh_after, dh_t), np.where(valid, dc, dc_t)
    steps = ([0, 1], [0, 1])
    read = h_before * kept[:, np.newaxis]
    return Gradients(
        kernel=np.tensordot(x, dz, steps),
        recurrent_kernel=np.tensordot(read, dz, steps),
        bias=dz.sum(axis=(0, 1)),
        x=dz @ kernel.T,
        h=dh_after,
        c=dc,
    )
