"""What the figures draw is what the frameworks did when they were recorded."""

import numpy as np
import pytest

from lstm_ref.examples import worked_input, worked_layer
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
