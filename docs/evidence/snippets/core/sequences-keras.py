import keras
import numpy as np

x = np.ones((2, 5, 3))  # batch, timesteps, features
y = keras.layers.LSTM(4)(x)
print("by default:", tuple(y.shape))
sequence = keras.layers.LSTM(4, return_sequences=True)(x)
print("return_sequences:", tuple(sequence.shape))
y, h, c = keras.layers.LSTM(4, return_state=True)(x)
print("return_state:", tuple(y.shape), tuple(h.shape), tuple(c.shape))
h, y = keras.ops.convert_to_numpy(h), keras.ops.convert_to_numpy(y)
print("h is y:", np.array_equal(h, y))
