import keras
import numpy as np

layer = keras.layers.LSTM(4.0)
print("made, with units =", layer.units)
layer(np.zeros((2, 5, 3)))
