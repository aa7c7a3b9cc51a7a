import keras
import numpy as np

x = np.zeros((32, 8))
keras.layers.LSTM(4)(x)
