import keras
import numpy as np

x = np.random.default_rng(0).normal(size=(2, 5, 3))
one = keras.layers.LSTM(4, implementation=1)
two = keras.layers.LSTM(4, implementation=2)
one.build(x.shape)
two.build(x.shape)
two.set_weights(one.get_weights())
print("equal:", bool(keras.ops.max(abs(one(x) - two(x))) < 1e-6))
