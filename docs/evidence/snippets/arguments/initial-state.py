import keras
import numpy as np

x, h = np.ones((2, 5, 3)), np.zeros((2, 4))
print(tuple(keras.layers.LSTM(4)(x, initial_state=[h, h]).shape))
keras.layers.LSTM(4)(x, initial_state=h)
