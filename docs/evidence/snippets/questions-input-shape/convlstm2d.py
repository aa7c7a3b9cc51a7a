import keras
import numpy as np

x = np.zeros((2, 5, 8, 8, 3))  # samples, timesteps, rows, columns, channels
for arguments in ({}, {"return_sequences": True}, {"padding": "same"}):
    layer = keras.layers.ConvLSTM2D(filters=4, kernel_size=3, **arguments)
    print(arguments, "->", tuple(layer(x).shape))
keras.layers.ConvLSTM2D(filters=4, kernel_size=3)(x[..., 0])
