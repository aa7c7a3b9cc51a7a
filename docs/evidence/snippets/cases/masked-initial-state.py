import keras
import numpy as np

x = np.ones((1, 3, 3))
mask = np.array([[False, True, True]])
h, c = np.full((1, 4), 0.5), np.zeros((1, 4))
for unroll in (False, True):
    layer = keras.layers.LSTM(4, return_sequences=True, unroll=unroll)
    y = keras.ops.convert_to_numpy(layer(x, mask=mask, initial_state=[h, c]))
    print("unroll:", unroll, "first output:", y[0, 0].tolist())
