import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
cell = keras.layers.LSTMCell(4)
rnn = keras.layers.RNN(cell, return_sequences=True, return_state=True)

whole, h, c = rnn(x)
print(tuple(whole.shape), tuple(h.shape), tuple(c.shape))

whole, final_state = rnn(x)
