import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
cell = keras.layers.LSTMCell(4)
print("the cell:", tuple(keras.layers.RNN(cell)(x).shape))
for unroll in (False, True):
    layer = keras.layers.RNN([keras.layers.LSTMCell(4)], unroll=unroll)
    try:
        result = tuple(layer(x).shape)
    except (IndexError, TypeError) as error:
        result = type(error).__name__
    print("a list of it, unroll =", unroll, "-", result)
