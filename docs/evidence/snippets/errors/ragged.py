import keras
import numpy as np

sequences = [np.ones((5, 3)), np.ones((2, 3))]
keras.layers.LSTM(4)(np.array(sequences))
