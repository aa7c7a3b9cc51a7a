import keras
import numpy as np

x = np.ones((1, 4, 3))
x[0, 1, 0] = 0  # one feature of the second timestep
x[0, 3] = 0  # all features of the fourth
masking = keras.layers.Masking(mask_value=0.0)
print(keras.ops.convert_to_numpy(masking.compute_mask(x)).tolist())
