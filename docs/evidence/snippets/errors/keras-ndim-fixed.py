import keras
import numpy as np

x = np.zeros((32, 8))
print(tuple(keras.layers.LSTM(4)(x[:, :, np.newaxis]).shape))
print(tuple(keras.layers.LSTM(4)(x[:, np.newaxis, :]).shape))
print(tuple(keras.layers.LSTM(4)(x[np.newaxis]).shape))
