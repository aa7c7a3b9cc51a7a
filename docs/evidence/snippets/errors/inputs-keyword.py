import keras
import numpy as np

keras.layers.LSTM(4)(inputs=np.ones((2, 5, 3)))
