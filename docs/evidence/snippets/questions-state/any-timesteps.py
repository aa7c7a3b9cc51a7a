import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
inputs = keras.Input(batch_shape=(2, None, 3))
model = keras.Sequential([inputs, layer])
for timesteps in (5, 1, 7):
    y = model(np.ones((2, timesteps, 3)))
    print(timesteps, "timesteps ->", tuple(y.shape))
