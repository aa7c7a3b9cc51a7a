import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
cells = [keras.layers.LSTMCell(4), keras.layers.LSTMCell(6)]
layer = keras.layers.RNN(cells, stateful=True)
first = keras.ops.convert_to_numpy(layer(x))
for states in layer.states:
    for variable in states:
        variable.assign(np.zeros(variable.shape))
again = keras.ops.convert_to_numpy(layer(x))
print("starts from zeros again:", np.allclose(first, again, atol=1e-6))
