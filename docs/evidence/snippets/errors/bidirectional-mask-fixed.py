import keras
import numpy as np

lstm = keras.layers.LSTM(4, return_state=True)
layer = keras.layers.Bidirectional(lstm)
x, mask = np.ones((2, 5, 3)), np.ones((2, 5), bool)
y, *states = layer(x, mask=mask)
y, *states = layer(x, mask=mask, initial_state=states)
print(tuple(y.shape), len(states))
