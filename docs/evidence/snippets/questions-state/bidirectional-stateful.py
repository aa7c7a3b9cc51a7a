import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 6 * 3, dtype="float32").reshape(2, 6, 3)
lstm = keras.layers.LSTM(4, return_sequences=True, stateful=True)
layer = keras.layers.Bidirectional(lstm)
first, second = layer(x[:, :3]), layer(x[:, 3:])
layer.reset_state()
whole = layer(x)
layer.reset_state()
again = layer(x[:, :3])


def same(a, b):
    return bool(keras.ops.max(abs(a - b)) < 1e-6)


print("after reset_state, the first again:", same(again, first))
print("forward half, as in one call: ", same(second[..., :4], whole[:, 3:, :4]))
print("backward half, as in one call:", same(second[..., 4:], whole[:, 3:, 4:]))
