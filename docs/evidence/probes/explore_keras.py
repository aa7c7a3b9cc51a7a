"""The lines that the explorer shows for Keras, run for every choice."""

import keras
from common import emit, explored, on_backend

BACKENDS = ("tensorflow", "jax", "torch")


def code(units, _, sequences, state):
    flags = ["return_sequences=True"] * sequences + ["return_state=True"] * state
    return f"{'y, h, c' if state else 'y'} = keras.layers.LSTM({', '.join([str(units), *flags])})(x)"


def weights(layer):
    return {weight.name: weight for weight in layer.weights}


facts = explored(code, {"keras": keras}, keras.layers.LSTM, weights, array=keras.ops.convert_to_numpy)
emit({"ran": on_backend(keras), "imports": "import keras", **facts})
