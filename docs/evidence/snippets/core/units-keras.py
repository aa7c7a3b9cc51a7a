import keras
import numpy as np

layer = keras.layers.LSTM(4)
for timesteps in (1, 5, 50):
    y = layer(np.ones((2, timesteps, 3)))
    print(timesteps, "timesteps:", tuple(y.shape), "and", layer.count_params(), "weights")
