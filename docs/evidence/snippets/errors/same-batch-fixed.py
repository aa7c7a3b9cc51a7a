import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
layer(np.zeros((2, 5, 3)))
other = keras.layers.LSTM(4, stateful=True)
other.build((6, 5, 3))
other.set_weights(layer.get_weights())
print(tuple(other(np.zeros((6, 5, 3))).shape))
