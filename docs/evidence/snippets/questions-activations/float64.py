import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np

from lstm_ref import LSTM

x = np.random.default_rng(0).normal(size=(2, 5, 3))
counts = np.array([[True] * 5, [True, True, True, False, False]])
layer, ours = keras.layers.LSTM(4, dtype="float64"), LSTM(4)
layer.build(x.shape)
ours.set_weights(layer.get_weights())
for name, mask in [("no mask", None), ("mask", counts)]:
    y = keras.ops.convert_to_numpy(layer(x, mask=mask))
    off = abs(y - ours(x, mask=mask)).max()
    print(name, y.dtype, "- off by at most 1e-12:", off <= 1e-12)
