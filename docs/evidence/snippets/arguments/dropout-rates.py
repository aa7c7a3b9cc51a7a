import keras
import numpy as np

x = np.ones((2, 5, 3))
for options in (
    {"dropout": 0.5},
    {"dropout": 1.5},
    {"dropout": 1.0, "use_cudnn": False},
    {"recurrent_dropout": 1.0},
):
    layer = keras.layers.LSTM(4, seed=0, **options)
    changed = keras.ops.max(abs(layer(x, training=True) - layer(x)))
    rates = [layer.dropout, layer.recurrent_dropout]
    print(options, "kept as", rates, "acts:", bool(changed > 1e-6))
