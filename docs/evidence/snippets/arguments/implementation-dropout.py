import keras
import numpy as np

x = np.ones((2, 5, 3))
options = {"implementation": 1, "dropout": 0.5}
layer = keras.layers.LSTM(4, use_cudnn=False, **options)
print("use_cudnn=False:", tuple(layer(x, training=True).shape))
layer = keras.layers.LSTM(4, **options)
print("not training:   ", tuple(layer(x).shape))
layer(x, training=True)
