import keras
import numpy as np

x = np.random.default_rng(0).normal(size=(2, 6, 3)).astype("float32")
layer = keras.layers.LSTM(4, return_state=True)
piece, h, c = keras.Input((3, 3)), keras.Input((4,)), keras.Input((4,))
model = keras.Model([piece, h, c], layer(piece, initial_state=[h, c]))

state = [np.zeros((2, 4), "float32")] * 2
for three_steps in np.split(x, 2, axis=1):
    y, *state = model.predict([three_steps, *state], verbose=0)
whole = keras.ops.convert_to_numpy(layer(x)[0])
print("as in one pass:", np.allclose(y, whole, atol=1e-6))
