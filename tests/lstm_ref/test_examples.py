"""What the figures and pages take for granted about the worked example."""

import numpy as np

from lstm_ref.examples import latch, worked_input, worked_layer


def test_no_two_axes_are_equally_long():
    axes = [*worked_input().shape, worked_layer().units]
    assert len(set(axes)) == len(axes)


def test_every_unit_hears_every_unit_and_every_feature():
    layer = worked_layer()
    assert layer.kernel.all()
    assert layer.recurrent_kernel.all()


def test_sums_over_features_are_exact_in_any_order():
    """So that N separate LSTM(1) can equal LSTM(N) to the last bit on every machine."""
    for dtype in (np.float32, np.float64):
        x, kernel = worked_input().astype(dtype), worked_layer().kernel.astype(dtype)
        terms = x[..., :, np.newaxis] * kernel
        assert (terms == worked_input()[..., :, np.newaxis] * worked_layer().kernel).all()
        assert (terms[..., 0, :] + terms[..., 1, :] + terms[..., 2, :] == x @ kernel).all()
        assert (terms[..., 2, :] + terms[..., 1, :] + terms[..., 0, :] == x @ kernel).all()


def test_latch_stores_keeps_and_drops():
    layer, x = latch()
    value, write, erase = x[0].T
    kept = 0.0
    for t, c in enumerate(layer.trace(x).c[0, :, 0]):
        kept = np.tanh(value[t]) if write[t] else 0.0 if erase[t] else kept
        assert abs(c - kept) < 0.01
