import keras
import numpy as np

h = np.linspace(-1, 1, 2 * 5 * 4, dtype="float32").reshape(2, 5, 4)
plain = keras.layers.Dense(1)
wrapped = keras.layers.TimeDistributed(keras.layers.Dense(1))
for layer in (plain, wrapped):
    y = layer(h)
    print(layer.name, tuple(y.shape), layer.count_params(), "parameters")
wrapped.set_weights(plain.get_weights())
equal = keras.ops.max(abs(plain(h) - wrapped(h))) < 1e-6
print("equal with equal weights:", bool(equal))
