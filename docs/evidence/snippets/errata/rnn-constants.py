import keras
import numpy as np


class Cell(keras.layers.Layer):
    state_size = 4

    def call(self, inputs, states, constants):
        return inputs + constants[0], states


text = keras.layers.RNN.__doc__
print("mentions of external constants:", text.count("external constants"))
x, constant = np.ones((2, 5, 4)), np.ones((2, 4))
keras.layers.RNN(Cell())(x, constants=[constant])
