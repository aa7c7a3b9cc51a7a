import keras
import numpy as np

x = np.random.default_rng(0).normal(size=(2, 5, 3))
loop, unrolled = (keras.layers.LSTM(4, unroll=u) for u in (False, True))
loop.build(x.shape)
unrolled.build(x.shape)
unrolled.set_weights(loop.get_weights())
print("equal:", bool(keras.ops.max(abs(loop(x) - unrolled(x))) < 1e-6))
