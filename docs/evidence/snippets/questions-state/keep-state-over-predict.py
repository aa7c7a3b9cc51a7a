import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
x = np.ones((2, 5, 3))
model(x)
kept = [keras.ops.convert_to_numpy(s).copy() for s in layer.states]
model.predict(-x, verbose=0)  # a look aside
for state, value in zip(layer.states, kept, strict=True):
    now = keras.ops.convert_to_numpy(state)
    print("as before predict:", np.array_equal(now, value))
    state.assign(value)
now = [keras.ops.convert_to_numpy(s) for s in layer.states]
print("put back:", all(map(np.array_equal, now, kept)))
