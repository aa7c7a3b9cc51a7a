import keras
import numpy as np

import lstm_ref

x = np.linspace(-1, 1, 30, dtype="float32").reshape(2, 5, 3)
layer = keras.layers.LSTM(4, return_sequences=True)
y = keras.ops.convert_to_numpy(layer(x))

copy = lstm_ref.LSTM(4)
copy.set_weights(layer.get_weights())
trace = copy.trace(x)
print("i f g o", [getattr(trace, gate).shape for gate in "ifgo"])
print("h as in Keras to 6 digits:", np.abs(trace.h - y).max() < 1e-6)
