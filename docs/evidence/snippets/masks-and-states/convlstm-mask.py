import keras
import numpy as np

x = np.ones((2, 5, 3, 3), dtype="float32")
mask = np.ones((2, 5), dtype=bool)
unrolled = keras.layers.ConvLSTM1D(filters=4, kernel_size=1, unroll=True)
print("unrolled:", tuple(unrolled(x, mask=mask).shape))
layer = keras.layers.ConvLSTM1D(filters=4, kernel_size=1)
print("by default:", tuple(layer(x, mask=mask).shape))
