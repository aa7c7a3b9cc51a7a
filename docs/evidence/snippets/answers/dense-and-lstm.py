import keras
import numpy as np

dense, lstm = keras.layers.Dense(4), keras.layers.LSTM(4)
print("Dense(4):", tuple(dense(np.ones((2, 3))).shape), dense.count_params())
print("LSTM(4): ", tuple(lstm(np.ones((2, 5, 3))).shape), lstm.count_params())
