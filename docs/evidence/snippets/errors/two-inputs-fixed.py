import keras
import numpy as np

first, second = np.ones((2, 5, 3)), np.ones((2, 5, 3))
x = np.concatenate([first, second])  # more sequences
inputs = keras.Input((5, 3))
model = keras.Model(inputs, keras.layers.LSTM(4)(inputs))
print(model.predict(x, verbose=0).shape)
