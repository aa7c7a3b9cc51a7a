"""LSTM.gradients of lstm_ref against the gradients of torch.nn.LSTM, as `gradients` does it for Keras."""

import numpy as np
import torch
from agreement_keras import SHAPES, Problem
from common import emit, rng

import lstm_ref
from lstm_ref import layouts

BACKENDS = ()
BARS = {"float32": 1e-5, "float64": 1e-12}


def both(problem, random):
    """Return the gradients of ours and of theirs, theirs in Keras's layout: loss and states are random."""
    layer = lstm_ref.LSTM(problem.units, return_sequences=True, return_state=True)
    layer.set_weights(problem.weights[:3])
    y, h, c = (random.uniform(-1, 1, part.shape).astype(problem.x.dtype) for part in layer(problem.x))
    found = layer.gradients(problem.x, y, initial_state=problem.states, dh=h, dc=c)

    module = torch.nn.LSTM(problem.x.shape[2], problem.units, batch_first=True, dtype=torch.from_numpy(problem.x).dtype)
    with torch.no_grad():
        for parameter, array in zip(module.parameters(), layouts.to_pytorch(*problem.weights[:3]), strict=True):
            parameter.copy_(torch.from_numpy(array))
    x, *states = (torch.tensor(array, requires_grad=True) for array in (problem.x, *problem.states))
    outputs = module(x, tuple(state[None] for state in states))
    loss = sum(
        (torch.from_numpy(by) * part).sum() for by, part in zip((y, h, c), (outputs[0], *outputs[1]), strict=True)
    )
    loss.backward()
    w_ih, w_hh, b_ih, _ = (parameter.grad.numpy() for parameter in module.parameters())
    return found, [w_ih.T, w_hh.T, b_ih, *(array.grad.numpy() for array in (x, *states))]


def disagreement(dtype):
    pairs = [pair for shape in SHAPES for pair in zip(*both(Problem(shape, dtype), rng(7)), strict=True)]
    return max(float(np.abs(a - b).max() / np.abs(b).max()) for a, b in pairs)


fact = {dtype: disagreement(dtype) for dtype in BARS}
fact |= {"within-bar": all(fact[dtype] <= bar for dtype, bar in BARS.items())}
emit(
    {
        "ran": ["torch"],
        "tolerance": 1e-5,
        "bars": {"tolerance": 0, **BARS},
        "shapes-b-t-f-n": SHAPES,
        "all-h-and-states": fact,
    }
)
