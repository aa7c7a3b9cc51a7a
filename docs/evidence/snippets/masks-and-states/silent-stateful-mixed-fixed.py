import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
layer = keras.layers.LSTM(4, return_state=True, dtype="mixed_float16")
first, h, c = layer(x)
second, h, c = layer(x, initial_state=[h, c])
first = keras.ops.convert_to_numpy(first).astype("float32")
second = keras.ops.convert_to_numpy(second).astype("float32")
print("second output equals the first:", np.array_equal(first, second))
