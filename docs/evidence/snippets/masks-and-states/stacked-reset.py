import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
cells = [keras.layers.LSTMCell(4), keras.layers.LSTMCell(6)]
layer = keras.layers.RNN(cells, stateful=True)
layer(x)
layer.reset_state()
