import keras
import numpy as np

x = np.array([[[1.0], [2.0], [np.nan]]], dtype="float32")
mask = ~np.isnan(x).any(axis=-1)
y = keras.layers.LSTM(4)(np.nan_to_num(x), mask=mask)
print(mask, np.isfinite(keras.ops.convert_to_numpy(y)).all())
