import keras
import numpy as np

n, x = 64, np.ones((1, 5, 64), "float32")
eye, zero = np.eye(n), np.zeros((n, n))
g = np.hstack([zero, zero, eye, zero])  # columns i f g o
sums = {"activation": None, "recurrent_activation": keras.ops.ones_like}
for dropout in [{}, {"dropout": 0.5}, {"recurrent_dropout": 0.5}]:
    layer = keras.layers.LSTM(n, **sums, **dropout)
    layer.build(x.shape)
    layer.set_weights([g, g, np.zeros(4 * n)])
    calls = [layer(x, training=True) for _ in (1, 2)]
    y, again = map(keras.ops.convert_to_numpy, calls)
    print(dropout, np.unique(y).tolist(), "again:", (y == again).all())
