import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
for every in (False, True):
    lstm = keras.layers.LSTM(4, return_sequences=every, return_state=True)
    y, h, c = map(keras.ops.convert_to_numpy, lstm(x))
    print(y.shape, h.shape, c.shape)
    last = y[:, -1] if every else y
    print("the last y is h:", np.array_equal(last, h))
    print("c is h:", np.array_equal(c, h))
