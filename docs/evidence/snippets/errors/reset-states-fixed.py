import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
model(np.ones((2, 5, 3)))
for each in model.layers:
    if hasattr(each, "reset_state"):
        each.reset_state()
h, c = map(keras.ops.convert_to_numpy, layer.states)
print(h.any(), c.any())
