import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
layer = keras.layers.LSTM(4, return_state=True)
returned = layer(x)
print(type(returned).__name__, [tuple(each.shape) for each in returned])
returned.append(returned[0])
