import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
cells = [keras.layers.LSTMCell(4), keras.layers.LSTMCell(6)]
layer = keras.layers.RNN(cells, stateful=True)
first = keras.ops.convert_to_numpy(layer(x))
second = keras.ops.convert_to_numpy(layer(x))
print("the second call goes on:", not np.allclose(first, second))
for states in layer.states:
    for variable in states:
        variable.assign(np.zeros(variable.shape))
again = keras.ops.convert_to_numpy(layer(x))
print("the third starts from zeros:", np.allclose(first, again, atol=1e-6))
