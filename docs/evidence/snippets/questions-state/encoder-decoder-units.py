import keras
import numpy as np

encoder = keras.layers.LSTM(4, return_state=True)
decoder = keras.layers.LSTM(6)
_, h, c = encoder(np.zeros((2, 5, 3)))
print(tuple(h.shape))
decoder(np.zeros((2, 7, 3)), initial_state=[h, c])
