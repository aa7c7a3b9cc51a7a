import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np

from lstm_ref import LSTM

x = np.random.default_rng(0).normal(size=(2, 5, 3))
counts = np.array([[True] * 5, [True, True, True, False, False]])
for name, arguments, mask in [
    ("no mask", {}, None),
    ("mask", {}, counts),
    ("use_cudnn=False", {"use_cudnn": False}, None),
    ("recurrent_dropout", {"recurrent_dropout": 0.1}, None),
]:
    layer, ours = keras.layers.LSTM(4, dtype="float64", **arguments), LSTM(4)
    layer.build(x.shape)
    ours.set_weights(layer.get_weights())
    y = keras.ops.convert_to_numpy(layer(x, mask=mask))
    off = abs(y - ours(x, mask=mask)).max()
    print(name, y.dtype, "- off by at most 1e-12:", off <= 1e-12)
