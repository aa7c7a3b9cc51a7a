import numpy as np
import tf_keras
from tf_keras.src.layers.rnn.legacy_cells import BasicLSTMCell

x = np.ones((2, 1, 3), "float32")
cell, layer = BasicLSTMCell(4), tf_keras.layers.LSTM(4)
cell.build((2, 3)), layer.build((2, 1, 3))
kernel, bias = (weight.numpy() for weight in cell.weights)
print("stored", kernel.shape, bias.shape, "all 0:", not bias.any())

order = np.r_[0:4, 8:12, 4:8, 12:16]  # i j f o to i f j o
kernel, bias = kernel[:, order], bias[order]
bias[4:8] += 1  # what the cell adds at each step
layer.set_weights([kernel[:3], kernel[3:], bias])
h, _ = cell(x[:, 0], 2 * [np.zeros((2, 4), "float32")])
print("equal to 6 digits:", abs(h - layer(x)).numpy().max() < 1e-6)
