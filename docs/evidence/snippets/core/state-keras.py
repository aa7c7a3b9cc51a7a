import keras
import numpy as np

x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
layer = keras.layers.LSTM(4, return_state=True)
whole, _, _ = layer(x)

y, h, c = layer(x[:, :2])
y, h, c = layer(x[:, 2:4], initial_state=[h, c])
y, h, c = layer(x[:, 4:], initial_state=[h, c])
y, whole = keras.ops.convert_to_numpy(y), keras.ops.convert_to_numpy(whole)
print("as in one pass:", np.allclose(y, whole, atol=1e-6))
