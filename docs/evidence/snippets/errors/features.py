import keras
import numpy as np

layer = keras.layers.LSTM(4)
layer(np.zeros((2, 5, 3)))
layer(np.zeros((2, 5, 7)))
