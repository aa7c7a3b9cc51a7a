import keras
import numpy as np

cells = [keras.layers.LSTMCell(4), keras.layers.LSTMCell(6)]
layer = keras.layers.RNN(cells, return_state=True)
y, first, second = layer(np.ones((2, 5, 3)))
print("y:", tuple(y.shape))
for name, states in (("first cell: ", first), ("second cell:", second)):
    h, c = states
    print(name, tuple(h.shape), tuple(c.shape))
