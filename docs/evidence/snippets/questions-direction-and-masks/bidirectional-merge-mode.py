import keras
import numpy as np

x = np.ones((2, 5, 3))
for mode in ("concat", "sum", "mul", "ave", None):
    layer = keras.layers.Bidirectional(keras.layers.LSTM(4), merge_mode=mode)
    y = layer(x)
    shapes = [tuple(half.shape) for half in y] if mode is None else tuple(y.shape)
    print(mode, shapes, layer.count_params(), "weights")
