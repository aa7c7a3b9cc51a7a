import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
lstm = keras.layers.LSTM(4, return_state=True)
layer = keras.layers.Bidirectional(lstm)
y, *states = map(keras.ops.convert_to_numpy, layer(x))
print(len(states), "states of", states[0].shape)
print("the first is h forwards: ", np.array_equal(states[0], y[:, :4]))
print("the third is h backwards:", np.array_equal(states[2], y[:, 4:]))

zero, one = np.zeros((2, 4), "float32"), np.ones((2, 4), "float32")
for given in ([one, one, zero, zero], [zero, zero, one, one]):
    now, *_ = layer(x, initial_state=given)
    moved = (keras.ops.convert_to_numpy(now) != y).any(axis=0)
    print("forward half moved:", moved[:4].any(), "backward:", moved[4:].any())
