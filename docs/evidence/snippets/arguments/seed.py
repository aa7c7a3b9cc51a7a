import keras
import numpy as np

x = np.ones((2, 5, 3))
a, b = (keras.layers.LSTM(4, dropout=0.5, seed=1) for _ in "ab")
a.build(x.shape)
b.build(x.shape)
print("same weights:", np.allclose(a.get_weights()[0], b.get_weights()[0]))
b.set_weights(a.get_weights())
first, again, of_b = (layer(x, training=True) for layer in (a, a, b))
print("same masks in a and b:", bool(keras.ops.all(first == of_b)))
print("same masks in two calls:", bool(keras.ops.all(first == again)))
