import keras
import numpy as np

x, states = keras.Input((5, 3)), [keras.Input((4,)), keras.Input((4,))]
layer = keras.layers.LSTM(4, return_state=True)
model = keras.Model([x, *states], layer(x, initial_state=states))
x, h, c = np.ones((2, 5, 3)), np.zeros((2, 4)), np.zeros((2, 4))
first, h, c = model.predict([x, h, c], verbose=0)
second, h, c = model.predict([x, h, c], verbose=0)
print("goes on:", not np.array_equal(first, second))
