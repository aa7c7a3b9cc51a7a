import keras
import numpy as np

layer = keras.layers.LSTM(4)
layer(np.zeros((2, 5, 3)))
print(tuple(layer(np.zeros((2, 9, 3))).shape))
print(tuple(keras.layers.LSTM(4)(np.zeros((2, 5, 7))).shape))
