import itertools

import keras
import numpy as np

numpy, x = keras.ops.convert_to_numpy, np.ones((1, 5, 3))
layer = keras.layers.LSTM(4, dropout=0.5, seed=0)
y = numpy(layer(x, training=True))
masks = np.array(list(itertools.product([0, 2], repeat=3)))
fits = [np.allclose(numpy(layer(x * mask)), y) for mask in masks]
print(len(masks), "masks of 3 numbers,", sum(fits), "fits all timesteps")
