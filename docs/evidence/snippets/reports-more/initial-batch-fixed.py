import keras
import numpy as np

inputs = keras.Input((5, 3))
h, c = keras.Input((4,)), keras.Input((4,))
outputs = keras.layers.LSTM(4)(inputs, initial_state=[h, c])
model = keras.Model([inputs, h, c], outputs)

start = np.zeros((1, 4), "float32")
rows = np.repeat(start, 2, axis=0)  # one row for each sequence
print(model.predict([np.ones((2, 5, 3)), rows, rows], verbose=0).shape)
