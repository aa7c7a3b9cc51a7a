import keras
import numpy as np

x = np.array([[[1.0], [2.0], [np.nan]]], dtype="float32")
mask = keras.layers.Masking(np.nan).compute_mask(x)
print(keras.ops.convert_to_numpy(mask))
