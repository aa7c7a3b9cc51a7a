import keras
import numpy as np

mask = np.array([[True, True, False, True, True]])
for zero in (False, True):
    options = {"return_sequences": True, "zero_output_for_mask": zero}
    layer = keras.layers.LSTM(4, **options)
    y = keras.ops.convert_to_numpy(layer(np.ones((1, 5, 3)), mask=mask))
    repeats = np.array_equal(y[:, 2], y[:, 1])
    print(zero, "repeats:", repeats, "zeros:", not y[:, 2].any())
