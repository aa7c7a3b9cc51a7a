import keras
import numpy as np

layer = keras.layers.LSTM(4, return_sequences=True)
model = keras.Sequential([keras.Input((None, 3)), layer])
print("declared:", layer.output.shape)
print("for an array:", model.predict(np.zeros((2, 7, 3)), verbose=0).shape)
keras.layers.LSTM(4)(keras.Input((5, None)))
