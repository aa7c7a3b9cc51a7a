import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
layer(np.zeros((2, 5, 3)))
layer(np.zeros((6, 5, 3)))
