import keras
import numpy as np

x = np.ones((2, 5, 3), "float32")  # batch, timesteps, features
one = keras.layers.LSTM(64)
print("LSTM(64)", tuple(one(x).shape), one.count_params(), "weights")
for merge_mode in ("concat", "sum"):
    both = keras.layers.Bidirectional(keras.layers.LSTM(64), merge_mode)
    shape = tuple(both(x).shape)
    print(merge_mode, shape, both.count_params(), "weights")
