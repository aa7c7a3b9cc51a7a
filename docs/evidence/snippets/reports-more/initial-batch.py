import keras
import numpy as np

inputs = keras.Input((5, 3))
h = np.zeros((1, 4), "float32")
c = np.zeros((1, 4), "float32")
outputs = keras.layers.LSTM(4)(inputs, initial_state=[h, c])
model = keras.Model(inputs, outputs)
print(model.predict(np.ones((2, 5, 3)), verbose=0).shape)
