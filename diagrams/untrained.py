"""Untrained layers whose forget bias is chosen, for figures of what a gradient goes through."""

from lstm_ref import LSTM


def layer(units: int, features: int, seed: int, forget_bias: float) -> LSTM:
    """Return a layer with Keras's initial weights but for the bias of the forget gate.

    >>> layer(2, 3, seed=0, forget_bias=5).bias.tolist()
    [0.0, 0.0, 5.0, 5.0, 0.0, 0.0, 0.0, 0.0]
    """
    made = LSTM(units, seed=seed)
    made.build((None, None, features))
    kernel, recurrent_kernel, bias = made.get_weights()
    bias[units : 2 * units] = forget_bias
    made.set_weights([kernel, recurrent_kernel, bias])
    return made
