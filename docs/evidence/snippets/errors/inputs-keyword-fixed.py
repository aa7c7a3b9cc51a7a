import keras
import numpy as np

y = keras.layers.LSTM(4)(np.ones((2, 5, 3)))
print(tuple(y.shape))
