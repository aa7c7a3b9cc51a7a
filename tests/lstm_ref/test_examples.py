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


def test_the_numbers_that_pages_and_figures_show_stay():
    layer, x = worked_layer(), worked_input()
    assert [float(array.sum()) * 2**14 for array in layer.get_weights()] == [18744, -11152, 65536]
    assert (layer.kernel[0, :3] * 2**14).tolist() == [218, 8295, -6552]
    assert (layer.recurrent_kernel[0, :3] * 2**14).tolist() == [-2180, -3523, -4615]
    assert x[:, 1].tolist() == [[-1, -1, -0.5], [2, -0.5, 0]]
    assert x.sum() == 3.5


def test_the_latch_as_it_is_drawn():
    layer, x = latch()
    kernel, recurrent_kernel, bias = layer.get_weights()
    assert kernel.tolist() == [[0, 0, 1, 0], [12, 0, 0, 0], [0, -12, 0, 0]]
    assert recurrent_kernel.tolist() == [[0, 0, 0, 0]]
    assert bias.tolist() == [-6, 6, 0, 3]
    value, write, erase = x[0].T
    assert value.tolist() == [0.3, 0.8, -0.5, 0.6, -0.9, 0.4, 0.7, -0.6, -0.7, 0.5]
    assert np.flatnonzero(write).tolist() == [1, 8]
    assert np.flatnonzero(erase).tolist() == [5]
    assert abs(x.sum() - value.sum() - 3) < 1e-12
    assert x.dtype == layer(x).dtype == np.float64
