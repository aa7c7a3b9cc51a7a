import keras
import numpy as np

x = np.ones((2, 5, 3), "float32")
mask = np.array([[True, True, True, False, False], [True] * 5])
every = {"return_sequences": True, "return_state": True}
for zeros in (False, True):
    lstm = keras.layers.LSTM(4, zero_output_for_mask=zeros, **every)
    y, h, c = map(keras.ops.convert_to_numpy, lstm(x, mask=mask))
    print(f"zero_output_for_mask={zeros}")
    last, zero = y[:, -1], np.zeros_like(h)
    for name, other in (("is h:    ", h), ("is zeros:", zero)):
        print(" ", name, np.isclose(last, other).all(axis=1).tolist())
