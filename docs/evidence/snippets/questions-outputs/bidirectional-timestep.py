import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
lstm = keras.layers.LSTM(4, return_sequences=True)
both = keras.layers.Bidirectional(lstm)
y = both(x)
i = 1  # t = 2
forward = both.forward_layer(x[:, : i + 1])[:, -1]  # t = 1, 2
backward = both.backward_layer(x[:, i:])[:, -1]  # t = 5, 4, 3, 2
for name, own, half in [
    ("forward", y[:, i, :4], forward),
    ("backward", y[:, i, 4:], backward),
]:
    print(name, bool(keras.ops.max(abs(own - half)) < 1e-6))
