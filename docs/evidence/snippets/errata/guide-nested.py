import keras
import numpy as np


class Cell(keras.layers.Layer):
    state_size = output_size = 4

    def call(self, inputs, states):
        first, second = keras.ops.split(inputs, [4], axis=-1)
        return first * second[:, :4], states


rnn = keras.layers.RNN(Cell())
first, second = np.ones((2, 5, 4)), np.ones((2, 5, 6))
print(tuple(rnn(np.concatenate([first, second], axis=-1)).shape))
rnn((first, second))
