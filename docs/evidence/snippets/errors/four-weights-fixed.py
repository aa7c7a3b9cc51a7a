import keras
import numpy as np

layer = keras.layers.LSTM(4)
layer.build((None, None, 3))
w_ih, w_hh, b_ih, b_hh = map(np.ones, [(16, 3), (16, 4), 16, 16])
layer.set_weights([w_ih.T, w_hh.T, b_ih + b_hh])
print([weight.shape for weight in layer.get_weights()])
