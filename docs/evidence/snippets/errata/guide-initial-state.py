import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
half = keras.ops.ones((2, 4)) / 2
layer = keras.layers.LSTM(4, stateful=True)
layer(x, initial_state=[half, half])
layer.reset_states()
print([keras.ops.convert_to_numpy(s).max().item() for s in layer.states])
