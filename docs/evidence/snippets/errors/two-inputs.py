import keras
import numpy as np

first, second = np.ones((2, 5, 3)), np.ones((2, 5, 3))
inputs = keras.Input((5, 3))
model = keras.Model(inputs, keras.layers.LSTM(4)(inputs))
model.predict([first, second], verbose=0)
