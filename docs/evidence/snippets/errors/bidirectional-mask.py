import keras
import numpy as np

lstm = keras.layers.LSTM(4, stateful=True, return_state=True)
layer = keras.layers.Bidirectional(lstm)
layer(np.ones((2, 5, 3)), mask=np.ones((2, 5), bool))
