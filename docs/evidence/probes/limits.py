"""The conditions under which what is mostly true of Keras's LSTM is not."""

import keras
import numpy as np
from common import attempt, emit, on_backend, rng

BACKENDS = ("tensorflow", "jax", "torch")
L, NUMPY = keras.layers, keras.ops.convert_to_numpy
X = rng().normal(size=(2, 5, 3)).astype("float32")
PADDED = np.array([[True] * 5, [True] * 3 + [False] * 2])
ROW_MASKED = np.array([[True] * 5, [False] * 5])
STATES = [np.full((2, 4), 0.5, "float32")] * 2


def y_is_h(mask=None, states=None, **arguments):
    """Tell whether the output without return_sequences is the h that return_state adds."""
    y, h, _ = L.LSTM(4, return_state=True, **arguments)(X, mask=mask, initial_state=states)
    return np.array_equal(NUMPY(y), NUMPY(h))


def with_backward_layer():
    forward = L.LSTM(4)
    both = L.Bidirectional(forward, backward_layer=L.LSTM(6, go_backwards=True))
    y = both(X)
    return {
        "shape": list(y.shape),
        "parameters": both.count_params(),
        "of-the-layer-inside": both.forward_layer.count_params(),
    }


def lengths(declared, **arguments):
    """Run a Sequential model on 5 and then on 7 timesteps."""
    model = keras.Sequential([keras.Input((declared, 3)), L.LSTM(4, **arguments)])
    return [attempt(lambda x=x: list(model.predict(x, verbose=0).shape)) for x in (X, np.zeros((2, 7, 3), "float32"))]


def raises(outcome):
    return outcome["raises"] if isinstance(outcome, dict) else outcome


def arrays(**arguments):
    layer = L.LSTM(4, **arguments)
    layer(X)
    return len(layer.get_weights())


def flattened():
    """Run a model declared for 5 timesteps, with Flatten and Dense behind the LSTM, on 7."""
    behind = [L.LSTM(4, return_sequences=True), L.Flatten(), L.Dense(1)]
    model = keras.Sequential([keras.Input((5, 3)), *behind])
    return raises(attempt(lambda: list(model.predict(np.zeros((2, 7, 3), "float32"), verbose=0).shape)))


def other_features():
    """Call layers that were made for some number of features with another."""
    found = {}
    for made_for, given in ((3, 1), (1, 3), (3, 5), (3, 2)):
        layer = L.LSTM(4)
        layer(np.zeros((2, 5, made_for), "float32"))
        outcome = attempt(lambda layer=layer, given=given: list(layer(np.zeros((2, 5, given), "float32")).shape))
        found[f"{given} instead of {made_for}"] = raises(outcome)
    return found


def same_mask_twice(called):
    """Call something with dropout twice in training, and tell whether the same numbers are dropped."""
    first, second = (NUMPY(called()) for _ in (1, 2))
    return np.array_equal(first, second)


WIDE = np.ones((1, 5, 64), "float32")
CELL, LAYER = L.LSTMCell(64, dropout=0.5), L.LSTM(64, dropout=0.5)
NOTHING = [np.zeros((1, 64), "float32")] * 2

emit(
    {
        "ran": on_backend(keras),
        "y-is-h": {
            "no mask": y_is_h(),
            "padding": y_is_h(PADDED),
            "padding, zero_output_for_mask": y_is_h(PADDED, zero_output_for_mask=True),
            "a row all masked": y_is_h(ROW_MASKED),
            "a row all masked, initial_state": y_is_h(ROW_MASKED, STATES),
        },
        "backward_layer": with_backward_layer(),
        "5-then-7-timesteps": {
            "None": [raises(each) for each in lengths(None)],
            "None, unroll": [raises(each) for each in lengths(None, unroll=True)],
        },
        "7-of-5-timesteps-and-Flatten": flattened(),
        "other-features": other_features(),
        "nothing-to-read": {
            "no timesteps": raises(attempt(lambda: list(L.LSTM(4)(X[:, :0]).shape))),
            "units=0": raises(attempt(lambda: L.LSTM(0) and 0)),
        },
        "same-dropout-mask-in-two-calls": {
            "LSTM": same_mask_twice(lambda: LAYER(WIDE, training=True)),
            "LSTMCell": same_mask_twice(lambda: CELL(WIDE[:, 0], NOTHING, training=True)[0]),
        },
        "arrays-of-get_weights": {
            "stateful": arrays(stateful=True),
            "dropout": arrays(dropout=0.5, recurrent_dropout=0.5),
        },
    }
)
