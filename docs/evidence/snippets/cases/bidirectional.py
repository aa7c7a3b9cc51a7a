import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
every = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))
both = keras.layers.Bidirectional(keras.layers.LSTM(4))
both.build(x.shape)
sequence = every(x)
both.set_weights(every.get_weights())
y = both(x)


def same(a, b):
    return bool(keras.ops.max(abs(a - b)) < 1e-6)


print(tuple(y.shape), tuple(sequence.shape))
print("forward half, of the last timestep:  ", same(y[:, :4], sequence[:, -1, :4]))
print("backward half, of the first timestep:", same(y[:, 4:], sequence[:, 0, 4:]))
print("y is the last of the sequence:       ", same(y, sequence[:, -1]))
