"""What the figures draw is what the frameworks did when they were recorded."""

import numpy as np
import pytest

from diagrams.figures.layouts import SYSTEMS, landed
from lstm_ref import LSTM
from lstm_ref.activations import hard_sigmoid, hard_sigmoid_keras2
from lstm_ref.examples import worked_input, worked_layer
from lstm_ref.layouts import to_pytorch
from recordings import facts

BACKENDS = ("tensorflow", "jax", "torch")
X = worked_input()
HOLES = np.array([[False, True, True, False, True], [True, True, True, False, False]])


def both_directions():
    forward = worked_layer(return_sequences=True)(X)
    backward = worked_layer(seed=2, return_sequences=True, go_backwards=True)(X)[:, ::-1]
    return forward, backward


DRAWN = {
    "returns.y": lambda: worked_layer(return_sequences=True)(X),
    "go-backwards.y": lambda: worked_layer(return_sequences=True, go_backwards=True)(X),
    "bidirectional.y": lambda: np.concatenate(both_directions(), axis=-1),
    "bidirectional.y-last": lambda: np.concatenate([both_directions()[0][:, -1], both_directions()[1][:, 0]], axis=-1),
    "masks.y": lambda: worked_layer(return_sequences=True)(X, mask=HOLES),
    "zero-padding.y-without-mask": lambda: worked_layer(return_sequences=True)(np.where(HOLES[..., np.newaxis], X, 0)),
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("path", DRAWN)
def test_keras_gave_what_the_figure_draws(path, backend):
    recorded = np.array(facts("sequences", f"{backend}.{path}"))
    assert np.abs(DRAWN[path]() - recorded).max() < 1e-6


FIGURE_OF = {
    "keras3": "keras",
    "pytorch": "pytorch",
    "flax": "flax",
    "keras1": "keras1",
    "tf1": "tf1",
    "onnx-runtime": "onnx",
}


@pytest.mark.parametrize("system", FIGURE_OF)
def test_systems_order_gates_and_states_as_the_figure_says(system):
    recorded = facts("layouts", f"systems.{system}")
    drawn = SYSTEMS[FIGURE_OF[system]]
    order, _, biases = landed(drawn.convert)
    assert order == recorded["gate-order"]
    assert biases == recorded["biases"]
    assert drawn.states.split(", ") == recorded["state-order"]


def test_both_hard_sigmoids_are_those_of_the_frameworks():
    x = np.array(facts("defaults", "hard-sigmoid.x"))
    for function, system in ((hard_sigmoid, "keras-3"), (hard_sigmoid_keras2, "keras-2")):
        assert np.abs(function(x) - facts("defaults", f"hard-sigmoid.{system}.values")).max() < 1e-6


@pytest.mark.parametrize("size", facts("counts", "keras-3.LSTM"))
def test_counts_are_those_of_keras_and_pytorch(size):
    features, units = (int(part.split("=")[1]) for part in size.split(","))
    layer = LSTM(units)
    layer.build((None, None, features))
    assert layer.count_params() == facts("counts", "keras-3.LSTM")[size]
    pytorch = sum(array.size for array in to_pytorch(*layer.get_weights()))
    assert pytorch == facts("counts", "pytorch.LSTM")[size]


@pytest.mark.parametrize("unit_forget_bias", [True, False])
def test_the_bias_starts_as_in_keras(unit_forget_bias):
    layer = LSTM(2, unit_forget_bias=unit_forget_bias)
    layer.build((None, None, 3))
    recorded = facts("defaults", f"initial-bias.keras-3.unit_forget_bias={unit_forget_bias}.bias_initializer=zeros")
    assert layer.bias.tolist() == recorded
